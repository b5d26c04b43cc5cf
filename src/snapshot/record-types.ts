/** Lookup tables of the record types of a context. Contexts share one list of record types, so the tables are made once for each list. */
import type { RecordType, SnapshotContext } from './snapshot-context.ts';
import { SnapshotCode, SnapshotError } from './snapshot-error.ts';

interface Tables {
  readonly byPrototype: ReadonlyMap<object, RecordType>;
  readonly byTag: readonly (RecordType | undefined)[];
}

const tablesOf = new WeakMap<readonly RecordType[], Tables>();
const MAX_TAG = 127;

export function recordsByPrototype(context: SnapshotContext): ReadonlyMap<object, RecordType> {
  return tables(context.records).byPrototype;
}

export function recordsByTag(context: SnapshotContext): readonly (RecordType | undefined)[] {
  return tables(context.records).byTag;
}

function tables(records: readonly RecordType[]): Tables {
  const known = tablesOf.get(records);
  if (known !== undefined) return known;
  const byPrototype = new Map<object, RecordType>();
  const byTag: (RecordType | undefined)[] = [];
  for (const record of records) {
    if (
      !Number.isInteger(record.tag) ||
      record.tag < 1 ||
      record.tag > MAX_TAG ||
      byTag[record.tag] !== undefined
    ) {
      throw new SnapshotError(
        SnapshotCode.badContext,
        `Record type ${record.name} has tag ${record.tag}: tags are unique integers from 1 to ${MAX_TAG}`,
      );
    }
    byTag[record.tag] = record;
    byPrototype.set(record.prototype, record);
  }
  const made = { byPrototype, byTag };
  tablesOf.set(records, made);
  return made;
}
