package dev.sluice.samples.servers.drawing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A palette of at most so many colours for a picture, without dithering because flags have flat
 * areas. The group of colours with the largest variance is split until the palette is full, and
 * each group becomes its average.
 */
final class Palette {
  private final int[] colours;
  private final Map<Integer, Integer> indexOfColour;

  private Palette(int[] colours, Map<Integer, Integer> indexOfColour) {
    this.colours = colours;
    this.indexOfColour = indexOfColour;
  }

  static Palette of(int[] pixels, int room) {
    List<ColourGroup> groups = new ArrayList<>(split(ColourGroup.of(shades(pixels)), room));
    // A priority queue has no defined iteration order, and builds must be reproducible.
    groups.sort(Comparator.comparingInt(ColourGroup::average));
    Map<Integer, Integer> indexOfColour = new HashMap<>();
    for (int index = 0; index < groups.size(); index++) {
      for (ColourCount shade : groups.get(index).shades()) {
        indexOfColour.put(shade.rgb(), index);
      }
    }
    return new Palette(groups.stream().mapToInt(ColourGroup::average).toArray(), indexOfColour);
  }

  int[] colours() {
    return colours.clone();
  }

  /** For each pixel the index of its colour in {@link #colours()}. */
  byte[] indicesOf(int[] pixels) {
    byte[] indices = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      // Neighbours usually share a colour, which saves the lookup.
      boolean sameAsBefore = i > 0 && pixels[i] == pixels[i - 1];
      indices[i] = sameAsBefore ? indices[i - 1] : indexOf(pixels[i]);
    }
    return indices;
  }

  private byte indexOf(int rgb) {
    Integer index = indexOfColour.get(rgb);
    if (index == null) {
      throw new IllegalArgumentException("not a colour of this picture: #%06x".formatted(rgb));
    }
    return index.byteValue();
  }

  private static List<ColourCount> shades(int[] pixels) {
    int[] sorted = pixels.clone();
    Arrays.sort(sorted);
    List<ColourCount> shades = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[start]) {
        shades.add(new ColourCount(sorted[start], i - start));
        start = i;
      }
    }
    return shades;
  }

  private static PriorityQueue<ColourGroup> split(ColourGroup all, int room) {
    PriorityQueue<ColourGroup> groups =
        new PriorityQueue<>(
            Comparator.comparingDouble(ColourGroup::spread)
                .reversed()
                .thenComparingInt(ColourGroup::average));
    groups.add(all);
    while (groups.size() < room && groups.element().spread() > 0) {
      groups.addAll(groups.remove().halves());
    }
    return groups;
  }
}
