package dev.sluice.samples.fetch;

import dev.sluice.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A sitemap (sitemaps.org, protocol 0.9): the pages that its {@code url} elements name, or the
 * sitemaps that an index names. Images and videos, whose elements belong to other namespaces, are
 * passed over.
 */
final class SitemapReader implements ItemReader {
  private static final String NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

  private final InputStream in;
  private final XMLStreamReader xml;
  private final Deque<String> path = new ArrayDeque<>();

  SitemapReader(InputStream in) throws IOException {
    this.in = in;
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // A list from elsewhere must not make this program read files or other URLs.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      xml = factory.createXMLStreamReader(in);
    } catch (XMLStreamException e) {
      throw fault(e);
    }
  }

  @Override
  public Optional<ListedItem> next() throws IOException {
    try {
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            path.push(name());
            if (path.size() == 1) {
              checkRoot();
            } else if (path.size() == 3 && path.peek().equals("loc")) {
              int line = xml.getLocation().getLineNumber();
              // Reads the end of the element too.
              String url = xml.getElementText().strip();
              path.pop();
              return Optional.of(ListedItem.ofUrl(line, url));
            }
          }
          case XMLStreamConstants.END_ELEMENT -> path.pop();
          default -> {
            // Text between the elements, comments and instructions say nothing of a URL.
          }
        }
      }
      return Optional.empty();
    } catch (XMLStreamException e) {
      throw fault(e);
    }
  }

  /** The name of an element of the protocol; empty for one of another namespace. */
  private String name() {
    String namespace = xml.getNamespaceURI();
    // Some sites leave the namespace out.
    boolean known = namespace == null || namespace.isEmpty() || namespace.equals(NAMESPACE);
    return known ? xml.getLocalName() : "";
  }

  private void checkRoot() throws ListException {
    String root = path.peek();
    if (!"urlset".equals(root) && !"sitemapindex".equals(root)) {
      throw new ListException(
          "line "
              + xml.getLocation().getLineNumber()
              + ": the element "
              + TerminalText.quoted(xml.getLocalName())
              + " is no sitemap: allowed are urlset and sitemapindex of "
              + NAMESPACE);
    }
  }

  private static ListException fault(XMLStreamException e) {
    if (e.getNestedException() instanceof ListException ofBytes) {
      return ofBytes;
    }
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
    String text = String.valueOf(e.getMessage());
    int start = text.indexOf("Message: ");
    String reason = start < 0 ? text : text.substring(start + "Message: ".length());
    return new ListException(
        "line " + line + ": not a sitemap that can be read: " + TerminalText.line(reason));
  }

  @Override
  public void close() throws IOException {
    try {
      xml.close();
    } catch (XMLStreamException e) {
      throw fault(e);
    } finally {
      in.close();
    }
  }
}
