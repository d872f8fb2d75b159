package baton.persistence.codec;

import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Hands the journal exactly the bytes that the chain covers. Which class takes which manifest is
/// stored with each row and stays as it is.
public final class LinkSerializer extends SerializerWithStringManifest {
  /// Stored with each row.
  public static final int ID = 7_402;

  public static final String ENTRY = "entry/1";
  public static final String AGENT_EVENT = "agent-event/1";
  public static final String SNAPSHOT = "snapshot/1";

  @Override
  public int identifier() {
    return ID;
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case Link _ -> ENTRY;
      case AgentLink _ -> AGENT_EVENT;
      case Snapshot _ -> SNAPSHOT;
      default -> throw foreign(value);
    };
  }

  @Override
  public byte[] toBinary(Object value) {
    return switch (value) {
      case Link link -> link.bytes();
      case AgentLink link -> link.bytes();
      case Snapshot snapshot -> snapshot.bytes();
      default -> throw foreign(value);
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return switch (manifest) {
      case ENTRY -> Link.read(bytes);
      case AGENT_EVENT -> AgentLink.read(bytes);
      case SNAPSHOT -> Snapshot.read(bytes);
      default -> throw new NotSerializableException("a journal row of an unknown kind");
    };
  }

  private static IllegalArgumentException foreign(Object value) {
    return new IllegalArgumentException("not for a journal: " + value.getClass().getName());
  }
}
