package dev.sluice.samples.servers.genres;

import java.util.List;
import java.util.random.RandomGenerator;

/** Invents genres: a mood, often a place, and one or two kinds of music. */
final class GenreWords {
  private static final List<String> MOODS =
      words(
          """
          absent amber baroque bashful bittersweet breezy brittle civic clockwork cosmic crooked
          damp deep dusty earnest electric feral fifth-hand foggy frosted gentle glacial granite
          haunted honest humid idle inland late-night lazy lukewarm lunar magnetic mellow midnight
          minor mossy nervous nocturnal off-peak pastoral patient polite powdered quiet reluctant
          rusty salty second-floor shy slow soft solar sour stray sunken tidal tropical unpaid
          upstairs velvet weightless winter wooden\
          """);

  private static final List<String> PLACES =
      words(
          """
          alpine archipelago attic Baltic basement bazaar canal cathedral chapel coastal courtyard
          delta desert estuary ferry fjord garage garden harbour highland hothouse island kitchen
          laundromat library lighthouse meadow monsoon motorway observatory orchard pampas quayside
          railway rooftop savanna steppe suburban swamp taiga terrace tundra valley vineyard
          volcano warehouse\
          """);

  private static final List<String> KINDS =
      words(
          """
          ambient anthem ballad beat bebop blues boogie bossa cabaret calypso chant choir cumbia
          dirge disco drone dub fado fanfare flamenco folk forró fugue funk gospel groove grunge
          hymn jazz jig lullaby madrigal mambo march mazurka minuet opera polka pop punk ragtime
          reggae rock rumba samba schlager serenade ska soul swing tango techno waltz yodel\
          """);

  private final RandomGenerator random;

  GenreWords(RandomGenerator random) {
    this.random = random;
  }

  String genre() {
    StringBuilder genre = new StringBuilder(drawn(MOODS));
    if (random.nextInt(3) > 0) {
      genre.append(' ').append(drawn(PLACES));
    }
    if (random.nextInt(4) == 0) {
      genre.append(' ').append(drawn(KINDS)).append('-').append(drawn(KINDS));
    } else {
      genre.append(' ').append(drawn(KINDS));
    }
    return genre.toString();
  }

  private String drawn(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static List<String> words(String lines) {
    return List.of(lines.split("\\s+"));
  }
}
