// Generated from the compiled contracts by `npm run generate`; do not edit.

/**
 * The deterministic deployment: the proxy, the salt, and for each set of parameters where the contracts are, the hash of
 * their creation code with constructor arguments, and those arguments. `chains` are the deployments that were recorded.
 */
export const deployments = {
  "deployer": {
    "address": "0x4e59b44847b379578588920cA78FbF26c0B4956C",
    "code": "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
  },
  "salt": "0x74656e7572652f31000000000000000000000000000000000000000000000000",
  "production": {
    "parameters": {
      "maxSilence": 2592000,
      "recoveryDelay": 604800,
      "origin": 1767225600,
      "unit": 86400,
      "period": 5184000,
      "cap": 1000
    },
    "contracts": {
      "registrationRenderer": {
        "contractName": "RegistrationRenderer",
        "address": "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
        "initCodeHash": "0x4853f95b9221f81f5a79fc080d5b50f78eb4e6b7fdd61f64c98d6e5b50fa59ec",
        "constructorArguments": "0x"
      },
      "identityRegistry": {
        "contractName": "IdentityRegistry",
        "address": "0xF7E6826731959DA357E28a301b8002C7E43872aa",
        "initCodeHash": "0xc902a49903716c9597d56852528b017b087f554d6c873f589c3ea59126952d68",
        "constructorArguments": "0x0000000000000000000000000000000000000000000000000000000000278d000000000000000000000000000000000000000000000000000000000000093a80000000000000000000000000b1c696b24c739215a859b06c45a0d7da3889bc2f"
      },
      "vouchRegistry": {
        "contractName": "VouchRegistry",
        "address": "0x0AD37D5993681bd33ea5044322dcf23C80c72cC6",
        "initCodeHash": "0xc15d284beb707483f344b632d49b04714810ee0f83f9e48b7a4e75840846fc87",
        "constructorArguments": "0x000000000000000000000000f7e6826731959da357e28a301b8002c7e43872aa000000000000000000000000000000000000000000000000000000006955b900000000000000000000000000000000000000000000000000000000000001518000000000000000000000000000000000000000000000000000000000004f1a0000000000000000000000000000000000000000000000000000000000000003e8"
      },
      "registryLens": {
        "contractName": "RegistryLens",
        "address": "0x00d98AFb9d758f4dfC51E69e8d0414e2Eb2DAd8E",
        "initCodeHash": "0x0d28cb92aefb398a512b46ecc291f09fa6e1476603574b8fb99f59f55b2cf648",
        "constructorArguments": "0x0000000000000000000000000ad37d5993681bd33ea5044322dcf23c80c72cc6"
      },
      "agentLinks": {
        "contractName": "AgentLinks",
        "address": "0x0A44B5821C698C9aFc434D2982bcC161550a8f62",
        "initCodeHash": "0x22b2d6d9592fa52ab5f8bad5dca2997fbede72c5084724409b6069fa8e2d0d21",
        "constructorArguments": "0x000000000000000000000000f7e6826731959da357e28a301b8002c7e43872aa"
      },
      "delegationRegistry": {
        "contractName": "DelegationRegistry",
        "address": "0x1eA36DDB71F8DC6125232a214acbC99879618CbB",
        "initCodeHash": "0xc00edb666e5defe2fb3e0ad2ef876f16a1a54de70444b59d61218a1dbf781714",
        "constructorArguments": "0x"
      }
    }
  },
  "short": {
    "parameters": {
      "maxSilence": 1800,
      "recoveryDelay": 420,
      "origin": 1767225600,
      "unit": 60,
      "period": 3600,
      "cap": 1000
    },
    "contracts": {
      "registrationRenderer": {
        "contractName": "RegistrationRenderer",
        "address": "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
        "initCodeHash": "0x4853f95b9221f81f5a79fc080d5b50f78eb4e6b7fdd61f64c98d6e5b50fa59ec",
        "constructorArguments": "0x"
      },
      "identityRegistry": {
        "contractName": "IdentityRegistry",
        "address": "0x0000a49b75a96DC3942023DB2F8Cc655C061a065",
        "initCodeHash": "0x30194fc6bbce2fbee685a825fe4e0014980172bd6dc072986fa87ba198fa96a9",
        "constructorArguments": "0x000000000000000000000000000000000000000000000000000000000000070800000000000000000000000000000000000000000000000000000000000001a4000000000000000000000000b1c696b24c739215a859b06c45a0d7da3889bc2f"
      },
      "vouchRegistry": {
        "contractName": "VouchRegistry",
        "address": "0x0B963164F7f779a5297b320D45b7BE7b92faB0A7",
        "initCodeHash": "0x4f2d51a134b6177bff6a947b52a3b8dbae63a80496459ddc4fbfc3469575c191",
        "constructorArguments": "0x0000000000000000000000000000a49b75a96dc3942023db2f8cc655c061a065000000000000000000000000000000000000000000000000000000006955b900000000000000000000000000000000000000000000000000000000000000003c0000000000000000000000000000000000000000000000000000000000000e1000000000000000000000000000000000000000000000000000000000000003e8"
      },
      "registryLens": {
        "contractName": "RegistryLens",
        "address": "0x4b990d118C2023EED40dEa5C9363360F7568c915",
        "initCodeHash": "0x094a4820c7e4e9dc661506d91fb83c9f3d09e3e3ed34c9a1b70c56c3879b7d74",
        "constructorArguments": "0x0000000000000000000000000b963164f7f779a5297b320d45b7be7b92fab0a7"
      },
      "agentLinks": {
        "contractName": "AgentLinks",
        "address": "0x73ADBcbCa91e6DA3f992bB22e302c9321d5848a0",
        "initCodeHash": "0xc81d0af5e277cae57440d889f102858ae93569063e160b38da0e1e040097a660",
        "constructorArguments": "0x0000000000000000000000000000a49b75a96dc3942023db2f8cc655c061a065"
      },
      "delegationRegistry": {
        "contractName": "DelegationRegistry",
        "address": "0x1eA36DDB71F8DC6125232a214acbC99879618CbB",
        "initCodeHash": "0xc00edb666e5defe2fb3e0ad2ef876f16a1a54de70444b59d61218a1dbf781714",
        "constructorArguments": "0x"
      }
    }
  },
  "chains": {}
} as const;
