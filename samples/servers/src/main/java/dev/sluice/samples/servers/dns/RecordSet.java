package dev.sluice.samples.servers.dns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Type;

/** An RRset: the records of one name and one type. */
interface RecordSet {
  int type();

  int count();

  /**
   * Writes all records, each with a compression pointer to the owner name.
   *
   * @return the offset of the last record's data
   */
  int write(ByteBuffer out, int ownerAt, int nameHash);

  /** How many bytes {@link #write} needs. */
  int size();

  /** Writes what precedes a record's data: owner, type, class IN, TTL, length of the data. */
  private static void head(ByteBuffer out, int ownerAt, int type, int ttl, int length) {
    out.putShort((short) (0xC000 | ownerAt));
    out.putShort((short) type);
    out.putShort((short) 1);
    out.putInt(ttl);
    out.putShort((short) length);
  }

  /** Records as a zone file lists them. */
  final class Listed implements RecordSet {
    private static final int HEAD_BYTES = 12;

    private final int type;
    private final int ttl;
    private final List<byte[]> data = new ArrayList<>();
    private int size;

    Listed(int type, int ttl) {
      this.type = type;
      this.ttl = ttl;
    }

    Listed add(byte[] record) {
      data.add(record);
      size += HEAD_BYTES + record.length;
      return this;
    }

    /** The target of a CNAME or DNAME record. */
    byte[] only() {
      return data.get(0);
    }

    @Override
    public int type() {
      return type;
    }

    @Override
    public int count() {
      return data.size();
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public int write(ByteBuffer out, int ownerAt, int nameHash) {
      int dataAt = 0;
      for (byte[] record : data) {
        head(out, ownerAt, type, ttl, record.length);
        dataAt = out.position();
        out.put(record);
      }
      return dataAt;
    }
  }

  /** One A record within 10.0.0.0/8, derived from the hash of the name. */
  enum MadeUp implements RecordSet {
    ADDRESS;

    private static final int TTL_SECONDS = 300;

    @Override
    public int type() {
      return Type.A;
    }

    @Override
    public int count() {
      return 1;
    }

    @Override
    public int size() {
      return 16;
    }

    @Override
    public int write(ByteBuffer out, int ownerAt, int nameHash) {
      head(out, ownerAt, type(), TTL_SECONDS, 4);
      out.putInt(0x0A000000 | (nameHash & 0xFFFFFF));
      return out.position() - 4;
    }
  }
}
