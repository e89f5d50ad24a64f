import { Training, type Order } from '../../core/learn/training';

/** What a browser's thread has by itself, and `#worker` gives to Node's; see `startThread`. */
interface ThreadScope {
  onmessage: (event: { data: Order }) => void;
  postMessage(message: unknown): void;
}

/** A bundle of its own, `dist/learning.js`, which `LearningThread` runs. */
const scope = globalThis as unknown as ThreadScope;
const training = new Training();

scope.onmessage = ({ data }) => scope.postMessage(training.follow(data));
