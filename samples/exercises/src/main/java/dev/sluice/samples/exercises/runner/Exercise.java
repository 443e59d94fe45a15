package dev.sluice.samples.exercises.runner;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One task.
 *
 * @param number its place in the order of learning, from 1
 * @param name the part of the class name behind the number, such as {@code Count}
 * @param title what there is to do, for the list
 */
record Exercise(int number, String name, String title) {
  private static final String PACKAGE = "dev.sluice.samples.exercises";

  /** The simple name of its class, such as {@code E01Count}. */
  String className() {
    return String.format(Locale.ROOT, "E%02d%s", number, name);
  }

  /** The name of the class that checks it, with its package. */
  String checkName() {
    return PACKAGE + ".checks." + className() + "Check";
  }

  /** Its file below a folder of sources. */
  Path fileIn(Path sources) {
    return sources.resolve(PACKAGE.replace('.', '/')).resolve(className() + ".java");
  }

  @Override
  public String toString() {
    return className();
  }
}
