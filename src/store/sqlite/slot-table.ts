/**
 * Owns what is known in memory of the rows of the table `live`: which instance is in which slot, and which slots are free.
 *
 * 1. Slots are 1, 2, 3 ... without gaps; each has a row on disk once the group that first used it is committed.
 * 2. Between `begin` and `commit` every slot's state before the group is kept; `rollback` brings back exactly that.
 * 3. A slot freed in a group may be used again in that very group: both are one transaction, so no crash can show the
 *    one without the other, and the write that would have freed the row is saved.
 * 4. An instance is in one slot at most. A request number may belong to several slots.
 */
import { FREE, type RecordKeys } from './record-format.ts';
import { RequestIndex } from './request-index.ts';

type Keys = Omit<RecordKeys, 'id'>;

interface Before {
  readonly slot: number;
  readonly id: string | undefined;
  readonly keys: Keys;
  readonly rowLength: number;
}

export class SlotTable {
  readonly #slotOf = new Map<string, number>();
  readonly #idOf: (string | undefined)[] = [undefined];
  readonly #requests = new RequestIndex();
  readonly #free = new Map<number, number[]>();
  #freeCount = 0;
  #capacity = 0;
  #status = new Uint8Array(0);
  #created = new Float64Array(0);
  #scriptTag = new Uint32Array(0);
  #codeTag = new Uint32Array(0);
  #request = new Float64Array(0);
  #rowLength = new Uint32Array(0);
  #touchedIn = new Uint32Array(0);
  #group = 1;
  #highest = 0;
  #highestBefore = 0;
  #before: Before[] = [];

  constructor() {
    this.#grow(1024);
  }

  /** Slots in use. */
  get size(): number {
    return this.#slotOf.size;
  }

  /** The highest slot, free or not. */
  get highest(): number {
    return this.#highest;
  }

  slotOf(id: string): number | undefined {
    return this.#slotOf.get(id);
  }

  statusOf(slot: number): number {
    return this.#status[slot] ?? FREE;
  }

  createdAt(slot: number): number {
    return this.#created[slot] ?? 0;
  }

  scriptTag(slot: number): number {
    return this.#scriptTag[slot] ?? 0;
  }

  rowLength(slot: number): number {
    return this.#rowLength[slot] ?? 0;
  }

  idOf(slot: number): string | undefined {
    return this.#idOf[slot];
  }

  /** Slots that may hold this request: the caller compares script and request id. */
  slotsOfRequest(request: number): readonly number[] {
    return this.#requests.slots(request);
  }

  begin(): void {
    this.#group = (this.#group + 1) >>> 0;
    this.#highestBefore = this.#highest;
    this.#before.length = 0;
  }

  commit(): void {
    this.#before.length = 0;
  }

  rollback(): void {
    for (const { slot } of this.#before) this.#detach(slot);
    for (const { slot, id, keys, rowLength } of this.#before) {
      if (slot <= this.#highestBefore) this.#attach(slot, id, keys, rowLength);
    }
    for (let slot = this.#highestBefore + 1; slot <= this.#highest; slot++) this.#rowLength[slot] = 0;
    this.#highest = this.#highestBefore;
    this.#idOf.length = this.#highest + 1;
    this.#before.length = 0;
    this.rebuildFreeList();
  }

  /** The slot for a new instance, preferably one whose row has the length already. */
  allocate(id: string, rowLength: number): number {
    const slot = this.#takeFree(rowLength) ?? ++this.#highest;
    if (slot >= this.#capacity) this.#grow(this.#capacity * 2);
    this.#touch(slot);
    this.#idOf[slot] = id;
    this.#slotOf.set(id, slot);
    return slot;
  }

  /** States what the row of this slot, which `allocate` gave or `slotOf` found, says from now on. */
  describe(slot: number, keys: Keys, rowLength: number): void {
    this.#touch(slot);
    const request = this.#request[slot] ?? 0;
    if (request !== keys.request) {
      if (request !== 0) this.#requests.remove(request, slot);
      if (keys.request !== 0) this.#requests.add(keys.request, slot);
    }
    this.#setKeys(slot, keys);
    this.#rowLength[slot] = rowLength;
  }

  /** Frees the slot of an instance. Its row keeps its length. */
  release(slot: number): void {
    this.#touch(slot);
    this.#detach(slot);
    this.#pushFree(slot);
  }

  /** At opening: states what a row on disk says, in the order of slots. */
  load(slot: number, keys: RecordKeys | undefined, rowLength: number): void {
    this.#highest = slot;
    if (slot >= this.#capacity) this.#grow(this.#capacity * 2);
    this.#idOf[slot] = undefined;
    this.#rowLength[slot] = rowLength;
    if (keys !== undefined) this.#attach(slot, keys.id, keys, rowLength);
  }

  /** At opening: the rows above this slot, all of them free, are gone. */
  forgetAbove(slot: number): void {
    this.#highest = slot;
    this.#idOf.length = slot + 1;
  }

  /** Lists free slots so that low ones are taken first, which keeps the rows in use close together. */
  rebuildFreeList(): void {
    this.#free.clear();
    this.#freeCount = 0;
    for (let slot = this.#highest; slot >= 1; slot--) if (this.#status[slot] === FREE) this.#pushFree(slot);
  }

  /** The request numbers of all slots in use that have one. */
  requestNumbers(): Float64Array {
    const numbers = new Float64Array(this.size);
    let count = 0;
    for (let slot = 1; slot <= this.#highest; slot++) {
      const request = this.#request[slot] ?? 0;
      if (request !== 0 && this.statusOf(slot) !== FREE) numbers[count++] = request;
    }
    return numbers.slice(0, count);
  }

  /** Slots of these statuses, sorted by creation. A status is included if its bit (1 << status) is set in `mask`. */
  sortedByCreation(mask: number, scriptTag?: number): Uint32Array {
    const found: number[] = [];
    for (let slot = 1; slot <= this.#highest; slot++) {
      const status = this.statusOf(slot);
      if (status === FREE || (mask & (1 << status)) === 0) continue;
      if (scriptTag !== undefined && this.#scriptTag[slot] !== scriptTag) continue;
      found.push(slot);
    }
    const created = this.#created;
    const ids = this.#idOf;
    // Not a typed array: the sort of arrays makes use of long runs that are in order, and slots are mostly taken in turn.
    found.sort((a, b) => {
      const difference = (created[a] ?? 0) - (created[b] ?? 0);
      if (difference !== 0) return difference;
      const idA = ids[a] ?? '';
      const idB = ids[b] ?? '';
      return idA < idB ? -1 : idA > idB ? 1 : 0;
    });
    return Uint32Array.from(found);
  }

  /** The next ids in their order. Looks at all of them and keeps few: nothing is sorted that is not asked for. */
  idsAfter(after: string, limit: number): string[] {
    let found: string[] = [];
    let bound: string | undefined;
    for (const id of this.#slotOf.keys()) {
      if (id <= after || (bound !== undefined && id >= bound)) continue;
      found.push(id);
      if (found.length < limit * 2) continue;
      found = found.sort().slice(0, limit);
      bound = found.at(-1);
    }
    return found.sort().slice(0, limit);
  }

  codeTagsInUse(): Set<number> {
    const tags = new Set<number>();
    for (let slot = 1; slot <= this.#highest; slot++) {
      if (this.#status[slot] !== FREE) tags.add(this.#codeTag[slot] ?? 0);
    }
    return tags;
  }

  #touch(slot: number): void {
    if (this.#touchedIn[slot] === this.#group) return;
    this.#touchedIn[slot] = this.#group;
    this.#before.push({
      slot,
      id: this.#idOf[slot],
      keys: {
        status: this.#status[slot] ?? FREE,
        createdAt: this.#created[slot] ?? 0,
        scriptTag: this.#scriptTag[slot] ?? 0,
        codeTag: this.#codeTag[slot] ?? 0,
        request: this.#request[slot] ?? 0,
      },
      rowLength: this.#rowLength[slot] ?? 0,
    });
  }

  #setKeys(slot: number, keys: Keys): void {
    this.#status[slot] = keys.status;
    this.#created[slot] = keys.createdAt;
    this.#scriptTag[slot] = keys.scriptTag;
    this.#codeTag[slot] = keys.codeTag;
    this.#request[slot] = keys.request;
  }

  #detach(slot: number): void {
    const id = this.#idOf[slot];
    if (id !== undefined) this.#slotOf.delete(id);
    const request = this.#request[slot] ?? 0;
    if (request !== 0) this.#requests.remove(request, slot);
    this.#idOf[slot] = undefined;
    this.#status[slot] = FREE;
    this.#request[slot] = 0;
  }

  #attach(slot: number, id: string | undefined, keys: Keys, rowLength: number): void {
    this.#idOf[slot] = id;
    if (id !== undefined) this.#slotOf.set(id, slot);
    if (keys.request !== 0) this.#requests.add(keys.request, slot);
    this.#setKeys(slot, keys);
    this.#rowLength[slot] = rowLength;
  }

  #pushFree(slot: number): void {
    const rowLength = this.#rowLength[slot] ?? 0;
    const list = this.#free.get(rowLength);
    if (list === undefined) this.#free.set(rowLength, [slot]);
    else list.push(slot);
    this.#freeCount++;
  }

  #takeFree(rowLength: number): number | undefined {
    if (this.#freeCount === 0) return undefined;
    let list = this.#free.get(rowLength);
    if (list === undefined || list.length === 0) {
      // Another length means that the tree shifts rows, which costs more than a write in place but less than a file
      // that only grows.
      for (const other of this.#free.values()) {
        if (other.length > 0) {
          list = other;
          break;
        }
      }
    }
    const slot = list?.pop();
    if (slot !== undefined) this.#freeCount--;
    return slot;
  }

  #grow(capacity: number): void {
    const grown = <T extends { set(from: T): void }>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.#status = grown(this.#status, new Uint8Array(capacity));
    this.#created = grown(this.#created, new Float64Array(capacity));
    this.#scriptTag = grown(this.#scriptTag, new Uint32Array(capacity));
    this.#codeTag = grown(this.#codeTag, new Uint32Array(capacity));
    this.#request = grown(this.#request, new Float64Array(capacity));
    this.#rowLength = grown(this.#rowLength, new Uint32Array(capacity));
    this.#touchedIn = grown(this.#touchedIn, new Uint32Array(capacity));
    this.#capacity = capacity;
  }
}
