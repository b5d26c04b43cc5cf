import { DatabaseError, DatabaseErrorCode } from './database-error.ts';

/**
 * Imports a database driver, an optional peer dependency.
 * @throws DatabaseError WM9501 with the command that installs it
 */
export async function loadDriver<Module>(
  packageName: string,
  load: () => Promise<Module>,
  packages: string = packageName,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const missing = (error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND';
    throw new DatabaseError(
      DatabaseErrorCode.driverMissing,
      missing ? `the package ${packageName} is not installed` : `the package ${packageName} cannot be loaded`,
      { cause: error, fix: `Install it beside waymark: npm install ${packages}` },
    );
  }
}
