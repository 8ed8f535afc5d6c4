/** Put in by the build: the version in package.json and the hash of the shipped files. */
declare const __APP_VERSION__: string;
