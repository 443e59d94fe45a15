package dev.sluice.samples.servers.drawing;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Colours of a picture that become one palette entry.
 *
 * @param average the palette entry
 * @param widest the channel (red, green or blue) in which they differ most
 * @param spread the variance in that channel: squared distances from the average, weighted by
 *     pixels
 */
record ColourGroup(List<ColourCount> shades, int average, int widest, double spread) {
  static ColourGroup of(List<ColourCount> shades) {
    int average = 0;
    int widest = 0;
    double spread = -1;
    for (int channel = 0; channel < 3; channel++) {
      double mean = mean(shades, channel);
      double distance = distance(shades, channel, mean);
      average = (average << 8) | (int) Math.round(mean);
      if (distance > spread) {
        widest = channel;
        spread = distance;
      }
    }
    return new ColourGroup(shades, average, widest, spread);
  }

  /** Splits the group at the average of the widest channel. Requires a spread above zero. */
  List<ColourGroup> halves() {
    double middle = mean(shades, widest);
    Map<Boolean, List<ColourCount>> sides =
        shades.stream().collect(Collectors.partitioningBy(shade -> shade.channel(widest) > middle));
    return sides.values().stream().map(ColourGroup::of).toList();
  }

  private static double mean(List<ColourCount> shades, int channel) {
    double sum = 0;
    double pixels = 0;
    for (ColourCount shade : shades) {
      sum += (double) shade.count() * shade.channel(channel);
      pixels += shade.count();
    }
    return sum / pixels;
  }

  private static double distance(List<ColourCount> shades, int channel, double mean) {
    double sum = 0;
    for (ColourCount shade : shades) {
      sum += shade.count() * Math.pow(shade.channel(channel) - mean, 2);
    }
    return sum;
  }
}
