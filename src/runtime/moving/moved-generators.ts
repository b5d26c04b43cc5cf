/** Generators and async generators: number of the function, position and live variables as the new code has them. */
import type { RecordType } from '../../snapshot/index.ts';
import { type AsyncGeneratorMachine, START } from '../async-generator.ts';
import type { DurableGenerator } from '../generator.ts';
import { fieldsBeforeCode, generatorType, MACHINE_HEAD, machineType } from '../generator-records.ts';
import { placeInNewCode, type Versions } from './frame-places.ts';

/** Undefined for records that are no generators. */
export function movedGeneratorType(type: RecordType, versions: Versions): RecordType | undefined {
  if (type === generatorType)
    return { ...type, write: (value: DurableGenerator, fields) => writeGenerator(value, fields, versions) };
  if (type === machineType)
    return {
      ...type,
      write: (value: AsyncGeneratorMachine, fields) => writeMachine(value, fields, versions),
    };
  return undefined;
}

function writeGenerator(generator: DurableGenerator, fields: readonly unknown[], versions: Versions): void {
  const before = fieldsBeforeCode(fields);
  if (before === undefined) {
    generatorType.write(generator, fields);
    return;
  }
  const [id, at, ...slots] = fields.slice(before);
  const place = placeInNewCode(versions, id, at, slots);
  if (place) generatorType.write(generator, [...fields.slice(0, before), place.id, place.at, ...place.slots]);
}

function writeMachine(machine: AsyncGeneratorMachine, fields: readonly unknown[], versions: Versions): void {
  const [state, phase, queue, frame, id, at] = fields;
  if (id === undefined) {
    machineType.write(machine, fields);
    return;
  }
  if (state === START) {
    const place = placeInNewCode(versions, id, at, fields.slice(MACHINE_HEAD));
    if (place) machineType.write(machine, [state, phase, queue, frame, place.id, place.at, ...place.slots]);
    return;
  }
  // It stands where its frame stands, which is moved by itself: the position where it began means nothing any more.
  const match = versions.matches.find(id as number);
  if ('id' in match) machineType.write(machine, [state, phase, queue, frame, match.id, 0]);
  else versions.refusals.addFunction(id as number, match.reason, 'frame');
}
