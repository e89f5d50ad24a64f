// What differs between the hosts, as one bundle beside the program, which is the same for both: see `esbuild.js`.
export { disk } from '#disk';
export { loadFormats } from '#formats';
export { git } from '#git';
export { startThread } from '#worker';
