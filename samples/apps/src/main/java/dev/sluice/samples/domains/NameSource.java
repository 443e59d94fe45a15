package dev.sluice.samples.domains;

import dev.sluice.IoSchedulers;
import dev.sluice.samples.apps.UnclosedInput;
import io.reactivex.rxjava3.core.Emitter;
import io.reactivex.rxjava3.core.Flowable;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The names as a stream that honours backpressure: the input is read on demand. */
public final class NameSource {
  /** Chunks of lines that are read ahead, so that the resolver does not wait for the disk. */
  private static final int AHEAD = 4;

  private final Flowable<String> names;
  private final Counted bytes;
  private final long size;

  private NameSource(Flowable<String> names, Counted bytes, long size) {
    this.names = names;
    this.bytes = bytes;
    this.size = size;
  }

  static NameSource ofList(List<String> names) {
    Counted progress = new Counted(InputStream.nullInputStream());
    Flowable<String> counted =
        Flowable.fromIterable(names).doOnNext(name -> progress.read.incrementAndGet());
    return new NameSource(counted, progress, names.size());
  }

  /** The lines of a file. The size of a named pipe is not known. */
  public static NameSource ofFile(Path file) throws IOException {
    long size = Files.isRegularFile(file) ? Files.size(file) : 0;
    return of(new FileInputStream(file.toFile()), size);
  }

  public static NameSource ofStandardInput(InputStream in) {
    return of(new UnclosedInput(in), 0);
  }

  private static NameSource of(InputStream in, long size) {
    Counted bytes = new Counted(in);
    Flowable<List<String>> chunks =
        Flowable.generate(
            () -> new NameReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)),
            NameSource::next,
            NameReader::close);
    Flowable<String> names =
        chunks
            .subscribeOn(IoSchedulers.shared().network())
            .concatMapIterable(chunk -> chunk, AHEAD);
    return new NameSource(names, bytes, size);
  }

  /** The same source, with an operator on its names. */
  NameSource through(UnaryOperator<Flowable<String>> operator) {
    return new NameSource(operator.apply(names), bytes, size);
  }

  private static void next(NameReader lines, Emitter<List<String>> emitter) throws IOException {
    List<String> chunk = lines.next();
    if (chunk.isEmpty()) {
      emitter.onComplete();
    } else {
      emitter.onNext(chunk);
    }
  }

  public Flowable<String> names() {
    return names;
  }

  /** The part of the input that has been read, from 0 to 1; 0 if the size is not known. */
  public double share() {
    return size == 0 ? 0 : (double) bytes.read.get() / size;
  }

  /** Counts the bytes that have been read. Another thread reads the count. */
  private static final class Counted extends FilterInputStream {
    private final AtomicLong read = new AtomicLong();

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      read.addAndGet(octet < 0 ? 0 : 1);
      return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      read.addAndGet(Math.max(0, count));
      return count;
    }
  }
}
