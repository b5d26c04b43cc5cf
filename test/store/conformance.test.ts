import { describeStore } from './conformance.ts';
import { memoryUnderTest, sqliteUnderTest } from './stores-under-test.ts';

describeStore(memoryUnderTest);
describeStore(sqliteUnderTest('main'));
describeStore(sqliteUnderTest('worker'));
