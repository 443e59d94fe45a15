package dev.sluice;

import dev.sluice.ErrorTranslator.Translation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Asks the registered {@linkplain ErrorTranslator translators}, loaded at the first use. */
final class ErrorTranslators {
  private ErrorTranslators() {}

  /**
   * What an error of a work means. An IOException without a translation is a failure as it is, also
   * inside an UncheckedIOException: streams and lambdas can throw no other.
   */
  static Translation translate(Throwable error) {
    if (error instanceof IOException cause && error instanceof RetryHint) {
      return Translation.failure(cause);
    }
    if (error instanceof Exception exception) {
      for (ErrorTranslator translator : Registered.TRANSLATORS) {
        Translation translation = ask(translator, exception);
        if (!translation.isUnknown()) {
          return translation;
        }
      }
    }
    if (error instanceof UncheckedIOException wrapper && wrapper.getCause() != null) {
      return translate(wrapper.getCause());
    }
    return error instanceof IOException cause ? Translation.failure(cause) : Translation.unknown();
  }

  private static Translation ask(ErrorTranslator translator, Exception error) {
    try {
      Translation translation = translator.translate(error);
      return translation == null ? Translation.unknown() : translation;
    } catch (Throwable e) {
      if (e != error) {
        error.addSuppressed(e);
      }
      return Translation.unknown();
    }
  }

  private static final class Registered {
    // Not the thread's context loader: that one may belong to an application that is undeployed.
    static final List<ErrorTranslator> TRANSLATORS = load(ErrorTranslator.class.getClassLoader());

    private static List<ErrorTranslator> load(ClassLoader loader) {
      List<ErrorTranslator> found = new ArrayList<>();
      Iterator<ErrorTranslator> all = ServiceLoader.load(ErrorTranslator.class, loader).iterator();
      boolean more = true;
      while (more) {
        try {
          more = all.hasNext();
          if (more) {
            found.add(all.next());
          }
        } catch (ServiceConfigurationError | LinkageError e) {
          // A translator whose own library is absent has no errors to translate.
          more = true;
        }
      }
      return List.copyOf(found);
    }
  }
}
