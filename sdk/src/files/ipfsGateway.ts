// A gateway of IPFS that the caller chose: which places are its own.
import { RegistrationFileUnavailableError, UnsupportedURIError } from "../errors/registrationFile.ts";

/** A gateway of the caller's choice. */
export type IpfsGateway = {
  /** Where it has a file. */
  placeOf: (uri: string) => URL;
  /** Whether a place is in its folder: `http://localhost:8080/ipfs/…`. */
  isFolder: (url: URL) => boolean;
  /** Whether a place is one of those that it gives each content: `http://bafy….ipfs.localhost:8080/…`. */
  isSubdomain: (url: URL) => boolean;
  /** Where it is itself. */
  origin: URL;
};

export function gatewayAt(address: string, uri: string): IpfsGateway {
  if (!URL.canParse(address)) {
    throw new RegistrationFileUnavailableError({ uri, reason: "the gateway is no URL", isFromGateway: true });
  }
  const folder = new URL(address.replace(/\/*$/, "/"));
  const isFolder = ({ origin, pathname }: URL) => origin === folder.origin && pathname.startsWith(folder.pathname);
  return {
    placeOf: (uri) => placeIn(folder, isFolder, uri),
    isFolder,
    isSubdomain: (url) => isSubdomain(folder, url),
    origin: folder,
  };
}

/** In the folder, and nowhere else. */
function placeIn(folder: URL, isFolder: IpfsGateway["isFolder"], uri: string): URL {
  const path = uri.slice("ipfs://".length).replace(/^ipfs\//, "");
  // What would lead out of the folder, or to another host, is no path of IPFS.
  if (!/^ipfs:\/\/[\w-]/i.test(uri) || /(^|\/)\.\.?(\/|$)|[?#]|%2e|%2f|%5c/i.test(path)) {
    throw new UnsupportedURIError({ uri });
  }
  const url = new URL(`${folder.href}${path}`);
  // Whatever the pattern missed.
  if (!isFolder(url)) throw new UnsupportedURIError({ uri });
  return url;
}

/** How a content is named in a host: in base 32 or 36, because a host does not tell capitals. */
const LABEL = /^(b[a-z2-7]+|k[a-z0-9]+)$/;

/** The subdomains of the same host, port and protocol that the specification of gateways gives to contents, and no others. */
function isSubdomain(folder: URL, { protocol, port, hostname, username, password }: URL): boolean {
  const suffix = `.ipfs.${folder.hostname}`;
  if (protocol !== folder.protocol || port !== folder.port || !hostname.endsWith(suffix)) return false;
  return LABEL.test(hostname.slice(0, -suffix.length)) && username === "" && password === "";
}
