package dev.sluice.samples.exercises.runner;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Loads the compiled answers, and the checks a second time, so that the checks call these answers
 * and not those on the class path. Everything else comes from the class path.
 */
final class AnswerLoader extends ClassLoader {
  private static final String CHECKS = Check.class.getPackageName().replace("runner", "checks.E");

  private final Map<String, byte[]> answers;

  AnswerLoader(Map<String, byte[]> answers) {
    super(AnswerLoader.class.getClassLoader());
    this.answers = answers;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      boolean isOwn = answers.containsKey(name) || name.startsWith(CHECKS);
      if (!isOwn) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = answers.get(name);
    byte[] found = bytes == null ? onClassPath(name) : bytes;
    return defineClass(name, found, 0, found.length);
  }

  private byte[] onClassPath(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
