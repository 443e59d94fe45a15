package dev.sluice.samples.servers.flags;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.sluice.samples.servers.http.HttpDate;
import dev.sluice.samples.servers.http.Request;
import dev.sluice.samples.servers.http.Response;
import dev.sluice.samples.servers.http.Status;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** Answers requests for a flag or its metadata; the leading /flags is optional. */
final class FlagHandler {
  private final FlagFiles files;

  FlagHandler(FlagFiles files) {
    this.files = files;
  }

  Response answer(Request request) {
    Optional<FlagFile> file = find(request.path());
    if (request.path().equals("/flags/") && request.onlyReads()) {
      return listing();
    }
    if (file.isEmpty()) {
      return Response.text(
          Status.NOT_FOUND, "flags are at /flags/br/br.gif and /flags/br/metadata.json");
    }
    if (!request.onlyReads()) {
      return Response.text(Status.METHOD_NOT_ALLOWED, "flags can only be read")
          .with("Allow", "GET, HEAD");
    }
    return answer(request, file.get());
  }

  /** A page with a link to each flag. */
  private static Response listing() {
    String links =
        FlagFiles.codes().stream()
            .map(code -> "<li><a href=\"%1$s/%1$s.gif\">%1$s</a></li>\n".formatted(code))
            .collect(joining());
    return Response.of(Status.OK)
        .with("Content-Type", "text/html; charset=utf-8")
        .with(
            ByteBuffer.wrap(
                ("<!doctype html>\n<title>Flags</title>\n<ul>\n" + links + "</ul>\n")
                    .getBytes(UTF_8)));
  }

  private Optional<FlagFile> find(String path) {
    String inside = path.startsWith("/flags/") ? path.substring("/flags".length()) : path;
    return files.find(inside.substring(Math.min(1, inside.length())));
  }

  private static Response answer(Request request, FlagFile file) {
    Preconditions conditions = new Preconditions(request, file);
    return switch (conditions.verdict()) {
      case FAILED ->
          Response.text(
              Status.PRECONDITION_FAILED, "the file is not the version that the request names");
      case NOT_MODIFIED -> describe(Status.NOT_MODIFIED, file);
      case SEND -> conditions.allowRange() ? partOrWhole(request, file) : whole(file);
    };
  }

  private static Response partOrWhole(Request request, FlagFile file) {
    // Ranges are defined for GET only (RFC 9110, section 14.2).
    Optional<ByteRange> asked =
        request.isHead() ? Optional.empty() : request.field("range").flatMap(ByteRange::parse);
    return asked.isEmpty() ? whole(file) : part(asked.get(), file);
  }

  private static Response part(ByteRange asked, FlagFile file) {
    Optional<ByteRange> found = asked.within(file.length());
    if (found.isEmpty()) {
      return Response.text(Status.RANGE_NOT_SATISFIABLE, "the file has fewer bytes")
          .with("Content-Range", "bytes */" + file.length());
    }
    int first = (int) found.get().first();
    int last = (int) found.get().last();
    ByteBuffer slice = file.content().slice(first, last - first + 1);
    return describe(Status.PARTIAL_CONTENT, file)
        .with("Content-Type", file.type())
        .with(
            "Content-Range",
            String.format(Locale.ROOT, "bytes %d-%d/%d", first, last, file.length()))
        .with(slice);
  }

  private static Response whole(FlagFile file) {
    return describe(Status.OK, file)
        .with("Content-Type", file.type())
        .with(file.content().duplicate());
  }

  private static Response describe(Status status, FlagFile file) {
    return Response.of(status)
        .with("ETag", file.tag())
        .with("Last-Modified", HttpDate.format(file.modified()))
        .with("Accept-Ranges", "bytes");
  }
}
