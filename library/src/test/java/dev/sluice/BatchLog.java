package dev.sluice;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ObjIntConsumer;

/** Notes which entries come together; refuses those of some keys. */
public final class BatchLog implements OutcomeLog<String> {
  public final List<List<String>> batches = new CopyOnWriteArrayList<>();

  static void refuseSome(String key) throws IOException {
    if (key.startsWith("refused")) {
      throw new IOException(key + ": the disk is full");
    }
  }

  @Override
  public void append(String entry) throws IOException {
    batches.add(List.of(entry));
    refuseSome(entry);
  }

  @Override
  public void appendAll(
      List<? extends String> entries, ObjIntConsumer<? super IOException> failed) {
    batches.add(List.copyOf(entries));
    for (int i = 0; i < entries.size(); i++) {
      try {
        refuseSome(entries.get(i));
      } catch (IOException e) {
        failed.accept(e, i);
      }
    }
  }
}
