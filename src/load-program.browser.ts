import type { LoadProgram } from './load-program';
import { loadBundle } from './workspace/host/bundle.browser';

export const loadProgram: LoadProgram = async () => {
  const [host, yaml] = await Promise.all([loadBundle('dist/web/host.js'), loadBundle('dist/yaml.js')]);
  return loadBundle('dist/program.js', { './host.js': host, './yaml.js': yaml });
};
