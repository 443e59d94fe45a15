package dev.sluice.samples;

import java.nio.charset.CharacterCodingException;

/** A text file in another charset than UTF-8; the message has the file and the line. */
public final class NotUtf8Exception extends CharacterCodingException {
  private static final long serialVersionUID = 1L;

  private final String message;

  NotUtf8Exception(String message) {
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
