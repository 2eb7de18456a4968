/**
 * The standards' functions, events and errors, written down from their texts and not from our ABI.
 *
 * An interface id is the exclusive or of its functions' selectors.
 */
export const ERC165 = ["supportsInterface(bytes4)"];

export const ERC721 = [
  "balanceOf(address)",
  "ownerOf(uint256)",
  "safeTransferFrom(address,address,uint256,bytes)",
  "safeTransferFrom(address,address,uint256)",
  "transferFrom(address,address,uint256)",
  "approve(address,uint256)",
  "setApprovalForAll(address,bool)",
  "getApproved(uint256)",
  "isApprovedForAll(address,address)",
];

export const ERC721_METADATA = ["name()", "symbol()", "tokenURI(uint256)"];

export const ERC5192 = ["locked(uint256)"];

export const ERC5267 = ["eip712Domain()"];

export const ERC8048 = ["metadata(uint256,string)"];

export const ERC8004_IDENTITY = [
  "register()",
  "register(string)",
  "register(string,(string,bytes)[])",
  "setAgentURI(uint256,string)",
  "getMetadata(uint256,string)",
  "setMetadata(uint256,string,bytes)",
  "setAgentWallet(uint256,address,uint256,bytes)",
  "getAgentWallet(uint256)",
  "unsetAgentWallet(uint256)",
  "isAuthorizedOrOwner(address,uint256)", // not in the text, but the official Reputation Registry calls it
];

/** An interface of its own, which both registries have. */
export const UNORDERED_NONCES = [
  "invalidateNonces(uint256,uint256)",
  "nonceBitmap(address,uint256)",
  "isNonceUsed(address,uint256)",
];

/** Events as their texts have them, which of their arguments are indexed included. */
export const EVENTS = {
  "ERC-721": [
    "event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)",
    "event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId)",
    "event ApprovalForAll(address indexed owner, address indexed operator, bool approved)",
  ],
  "ERC-4906": [
    "event MetadataUpdate(uint256 tokenId)",
    "event BatchMetadataUpdate(uint256 fromTokenId, uint256 toTokenId)",
  ],
  "ERC-5192": ["event Locked(uint256 tokenId)", "event Unlocked(uint256 tokenId)"],
  "ERC-5267": ["event EIP712DomainChanged()"],
  "ERC-8004": [
    "event Registered(uint256 indexed agentId, string agentURI, address indexed owner)",
    "event MetadataSet(uint256 indexed agentId, string indexed indexedMetadataKey, string metadataKey, bytes metadataValue)",
    "event URIUpdated(uint256 indexed agentId, string newURI, address indexed updatedBy)",
  ],
} as const;

/** ERC-6093, for ERC-721. */
export const ERC6093 = [
  "ERC721InvalidOwner(address)",
  "ERC721NonexistentToken(uint256)",
  "ERC721IncorrectOwner(address,uint256,address)",
  "ERC721InvalidSender(address)",
  "ERC721InvalidReceiver(address)",
  "ERC721InsufficientApproval(address,uint256)",
  "ERC721InvalidApprover(address)",
  "ERC721InvalidOperator(address)",
];
