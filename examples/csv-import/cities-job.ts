/** A job of two steps: the cities of a JSON file as a CSV file, and the CSV file as rows of a table. */
import {
  csvReader,
  csvWriter,
  job,
  type JobDefinition,
  jsonArrayReader,
  MalformedItemError,
  type SqlTransactionResource,
  sqlTableWriter,
} from '../../src/batch/index.ts';

/** A city as the package has it: all of it text. */
export interface City {
  readonly name: string;
  readonly lat: string;
  readonly lng: string;
  readonly country: string;
  readonly admin1: string;
  readonly admin2: string;
}

export interface CityRow extends Omit<City, 'lat' | 'lng'> {
  readonly lat: number;
  readonly lng: number;
}

export const COLUMNS = ['name', 'lat', 'lng', 'country', 'admin1', 'admin2'] as const;

/** There is no key: a row that was written twice would be there twice. */
export const TABLE =
  'CREATE TABLE IF NOT EXISTS city (name TEXT NOT NULL, lat DOUBLE PRECISION NOT NULL, lng DOUBLE PRECISION NOT NULL, ' +
  'country TEXT NOT NULL, admin1 TEXT NOT NULL, admin2 TEXT NOT NULL)';

/** @param csvFile Written by the first step, read by the second */
export function citiesJob(
  jsonFile: string,
  csvFile: string,
  resource: SqlTransactionResource,
): JobDefinition {
  return job('import-cities')
    .chunk<City>({
      id: 'unpack',
      reader: jsonArrayReader<City>({ file: jsonFile }),
      writer: csvWriter<City>({ file: csvFile, columns: COLUMNS }),
      itemCount: 5000,
    })
    .chunk<City, CityRow>({
      id: 'load',
      reader: csvReader<City>({ file: csvFile, item: (texts) => texts as unknown as City }),
      processor: (city) => ({ ...city, lat: Number(city.lat), lng: Number(city.lng) }),
      writer: sqlTableWriter<CityRow>({ resource, table: 'city', columns: COLUMNS }),
      itemCount: 1000,
      skip: [MalformedItemError],
      skipLimit: 100,
    });
}
