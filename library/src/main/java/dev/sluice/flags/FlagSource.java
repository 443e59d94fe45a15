package dev.sluice.flags;

import dev.sluice.Work;
import dev.sluice.disk.FileName;
import dev.sluice.fetch.Document;
import dev.sluice.http.ContentException;
import dev.sluice.http.HttpClient;
import io.reactivex.rxjava3.core.Maybe;
import java.io.IOException;
import java.util.Locale;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;

/** Requests to a flag server; checks what comes. */
final class FlagSource {
  private final FlagApi api;
  private final String base;

  FlagSource(HttpClient client) {
    this.api = client.api(FlagApi.class);
    this.base = client.base().toString();
  }

  Work<CountryCode, Flag> flags() {
    Work<CountryCode, Flag> flags = this::flag;
    return flags.withTarget(this::gifUrl);
  }

  Work<CountryCode, Document> documents(Naming naming) {
    Work<CountryCode, Document> documents =
        switch (naming) {
          case BY_CODE -> this::namedByCode;
          case BY_COUNTRY, BY_COUNTRY_NUMBERED -> this::namedByCountry;
        };
    return documents.withTarget(this::gifUrl);
  }

  private Maybe<Flag> flag(CountryCode code) {
    return api.gif(lower(code)).map(response -> new Flag(code, checkedGif(code, response)));
  }

  private Maybe<Document> namedByCode(CountryCode code) {
    return flag(code).map(flag -> new Document(FileName.of(code + ".gif"), flag.gif()));
  }

  private Maybe<Document> namedByCountry(CountryCode code) {
    return flag(code).flatMap(flag -> fileName(code).map(name -> new Document(name, flag.gif())));
  }

  private Maybe<FileName> fileName(CountryCode code) {
    return api.metadata(lower(code)).map(response -> checkedName(code, response.body()));
  }

  private byte[] checkedGif(CountryCode code, Response<ResponseBody> response) throws IOException {
    byte[] gif = response.body().bytes();
    if (!Gif.hasHeader(gif)) {
      String type = response.headers().get("Content-Type");
      throw new ContentException(
          gifUrl(code),
          "not a GIF, but " + gif.length + " bytes of " + (type == null ? "no type" : type),
          null);
    }
    if (!Gif.isWhole(gif)) {
      throw new ContentException(
          gifUrl(code), "a GIF that is cut off after " + gif.length + " bytes", null);
    }
    return gif;
  }

  private FileName checkedName(CountryCode code, @Nullable Metadata metadata) throws IOException {
    String country = metadata == null ? "" : metadata.name();
    if (country.isBlank()) {
      throw new ContentException(metadataUrl(code), "no \"country\" in it", null);
    }
    try {
      return FileName.of(country.replace(' ', '_') + ".gif");
    } catch (IllegalArgumentException e) {
      throw new ContentException(
          metadataUrl(code), "a country that cannot name a file: " + country, e);
    }
  }

  private String gifUrl(CountryCode code) {
    return base + lower(code) + "/" + lower(code) + ".gif";
  }

  private String metadataUrl(CountryCode code) {
    return base + lower(code) + "/metadata.json";
  }

  private static String lower(CountryCode code) {
    return code.value().toLowerCase(Locale.ROOT);
  }
}
