package dev.sluice.samples;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An option's value, read by a function whose {@link IllegalArgumentException} says what is
 * allowed. Picocli would show such a message wrapped in the names of classes.
 *
 * <pre>{@code
 * static final class Timeout extends ParsedOption<Duration> {
 *   Timeout() {
 *     super(Durations::parse);
 *   }
 * }
 *
 * @Option(names = "--timeout", converter = Timeout.class)
 * }</pre>
 */
public abstract class ParsedOption<T> implements ITypeConverter<T> {
  private final Function<String, T> parse;

  protected ParsedOption(Function<String, T> parse) {
    this.parse = parse;
  }

  @Override
  public final T convert(String value) {
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
