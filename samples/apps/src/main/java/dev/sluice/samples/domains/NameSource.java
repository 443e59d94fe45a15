package dev.sluice.samples.domains;

import dev.sluice.IoSchedulers;
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

/** Where the names come from, as a stream that is read no faster than it is asked for. */
public final class NameSource {
  /** Handfuls of lines that are read ahead, so that nobody waits for the disk. */
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

  /** Of a file one knows how much there is, of a pipe one does not. */
  static NameSource ofFile(Path file) throws IOException {
    long size = Files.isRegularFile(file) ? Files.size(file) : 0;
    return of(new FileInputStream(file.toFile()), size);
  }

  /** Never closed: to close it would wait for whoever reads it, and that may be for ever. */
  static NameSource ofStandardInput(InputStream in) {
    return of(
        new FilterInputStream(in) {
          @Override
          public void close() {}
        },
        0);
  }

  private static NameSource of(InputStream in, long size) {
    Counted bytes = new Counted(in);
    Flowable<List<String>> handfuls =
        Flowable.generate(
            () -> new NameReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)),
            NameSource::next,
            NameReader::close);
    Flowable<String> names =
        handfuls
            .subscribeOn(IoSchedulers.shared().network())
            .concatMapIterable(handful -> handful, AHEAD);
    return new NameSource(names, bytes, size);
  }

  private static void next(NameReader lines, Emitter<List<String>> emitter) throws IOException {
    List<String> handful = lines.next();
    if (handful.isEmpty()) {
      emitter.onComplete();
    } else {
      emitter.onNext(handful);
    }
  }

  public Flowable<String> names() {
    return names;
  }

  /** How much of it has been read, from 0 to 1; 0 too when nobody knows. */
  public double share() {
    return size == 0 ? 0 : (double) bytes.read.get() / size;
  }

  /** Counts what has been read; one thread reads, another looks. */
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
