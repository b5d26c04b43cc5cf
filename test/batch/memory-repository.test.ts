import { MemoryJobRepository } from '../../src/batch/repository/memory.ts';
import { describeJobRepository } from './repository-conformance.ts';

describeJobRepository('memory', () => Promise.resolve(new MemoryJobRepository()));
