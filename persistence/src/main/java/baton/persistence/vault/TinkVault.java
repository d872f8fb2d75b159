package baton.persistence.vault;

import baton.handoff.fact.Sealed;
import baton.handoff.port.Vault;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Mac;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/// The vault on PostgreSQL: a keyset per subject and purpose, wrapped by the [MasterKey].
///
/// An erasure takes hold at once on the node that does it, and on others once they have forgotten
/// the key, a minute later at most. What is sealed there in between opens nowhere after that. A
/// database backup holds wrapped keys as they were: it must not be kept longer than data may be,
/// and what was erased since is [applied again][Erasures#apply] after it was put back.
public final class TinkVault implements Vault {
  /// Opened keysets that are kept, of each kind.
  static final int MOST = 20_000;

  static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final KeyTable table;
  private final KeyRows rows;
  private final MasterKey master;
  private final Consumer<Erasure> noted;
  private final Keyring<Aead> sealing;
  private final Keyring<Mac> comparing;

  /// @throws IllegalStateException where the database was sealed under another master key
  public TinkVault(DataSource database, MasterKey master) {
    this(database, master, _ -> {}, System::nanoTime);
  }

  /// @param noted is told of each erasure of this vault before whoever asked for it is answered
  public TinkVault(DataSource database, MasterKey master, Consumer<Erasure> noted) {
    this(database, master, noted, System::nanoTime);
  }

  TinkVault(DataSource database, MasterKey master, Consumer<Erasure> noted, LongSupplier nanos) {
    this.table = new KeyTable(database);
    this.rows = new KeyRows(database);
    this.master = master;
    this.noted = noted;
    this.sealing = new Keyring<>(MOST, KEPT_NANOS, nanos);
    this.comparing = new Keyring<>(MOST, KEPT_NANOS, nanos);
    proveMaster();
  }

  @Override
  public String subject(String tenant, String buyer) {
    byte[] lookup = master.lookup(tenant, buyer);
    var first = SubjectId.of(lookup);
    var digest = new KeyName(tenant, first, KeyName.DIGEST);
    var comparer = fresh(digest, Keysets.COMPARING);
    var sealers = new TreeMap<String, Keysets.Fresh<Aead>>();
    for (var purpose : KeyName.USUAL) {
      sealers.put(purpose, fresh(KeyName.of(tenant, first, purpose), Keysets.SEALING));
    }
    var wrapped = new TreeMap<String, byte[]>();
    wrapped.put(KeyName.DIGEST, comparer.wrapped());
    sealers.forEach((purpose, sealer) -> wrapped.put(purpose, sealer.wrapped()));

    var toCompare = comparing.moment();
    var toSeal = sealing.moment();
    var met = table.meet(tenant, lookup, first, wrapped);
    if (met.keyed()) {
      comparing.keep(digest, comparer.opened(), toCompare);
      sealers.forEach((purpose, sealer) ->
          sealing.keep(KeyName.of(tenant, first, purpose), sealer.opened(), toSeal));
    }
    return met.subject();
  }

  /// @throws Erased where the subject's keys have been destroyed
  @Override
  public Sealed seal(String tenant, String subject, String purpose, String clear) {
    var name = KeyName.of(tenant, subject, purpose);
    var mac =
        comparing
            .get(name.digest(), () -> made(name.digest(), Keysets.COMPARING))
            .orElseThrow(() -> new Erased(subject));
    var aead =
        sealing.get(name, () -> made(name, Keysets.SEALING)).orElseThrow(() -> new Erased(subject));
    return sealed(name, mac, aead, clear);
  }

  private static Sealed sealed(KeyName name, Mac mac, Aead aead, String clear) {
    byte[] text = clear.getBytes(StandardCharsets.UTF_8);
    try {
      return new Sealed(
          name.subject(),
          name.purpose(),
          HexFormat.of().formatHex(mac.computeMac(text)),
          Base64.getEncoder().encodeToString(Encryption.of(aead, text, name.bound())));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("a text cannot be sealed", failure);
    }
  }

  /// The subjects of many buyers, in the same order.
  public List<String> subjects(String tenant, List<String> buyers) {
    var lookups = buyers.stream().map(buyer -> master.lookup(tenant, buyer)).toList();
    return rows.subjects(tenant, lookups, lookups.stream().map(SubjectId::of).toList());
  }

  /// Seals texts of many subjects, a subject each. Its keys are not kept in memory.
  ///
  /// @return in the same order; empty where the subject's keys have been destroyed
  public List<Optional<Sealed>> seal(String tenant, String purpose, List<Personal> texts) {
    var subjects = texts.stream().map(Personal::subject).distinct().toList();
    var macs = keys(tenant, KeyName.DIGEST, subjects, Keysets.COMPARING);
    var aeads = keys(tenant, purpose, subjects, Keysets.SEALING);
    return texts.stream()
        .map(text -> {
          var mac = Optional.ofNullable(macs.get(text.subject()));
          var aead = Optional.ofNullable(aeads.get(text.subject()));
          var name = KeyName.of(tenant, text.subject(), purpose);
          return mac.flatMap(m -> aead.map(a -> sealed(name, m, a, text.clear())));
        })
        .toList();
  }

  private <P> Map<String, P> keys(
      String tenant, String purpose, List<String> subjects, Keysets<P> kind) {
    var found = new HashMap<>(rows.find(tenant, purpose, subjects));
    var fresh = new HashMap<String, byte[]>();
    for (var subject : subjects) {
      if (found.containsKey(subject)) continue;
      fresh.put(subject, fresh(new KeyName(tenant, subject, purpose), kind).wrapped());
    }
    if (!fresh.isEmpty()) found.putAll(rows.add(tenant, purpose, fresh));
    var keys = new HashMap<String, P>();
    found.forEach((subject, key) -> {
      if (key instanceof KeyTable.Found.Wrapped(var wrapped)) {
        keys.put(subject, unwrapped(new KeyName(tenant, subject, purpose), wrapped, kind));
      }
    });
    return keys;
  }

  /// @throws IllegalStateException where it was changed, or sealed elsewhere
  @Override
  public Optional<String> open(String tenant, Sealed sealed) {
    var name = KeyName.of(tenant, sealed.subject(), sealed.purpose());
    return sealing.get(name, () -> known(name)).map(aead -> clear(aead, name, sealed));
  }

  /// @throws IllegalStateException where it could not be noted too: to be asked for again
  @Override
  public int erase(String tenant, String subject) {
    var outcome = table.destroy(tenant, subject);
    sealing.forget(tenant, subject);
    comparing.forget(tenant, subject);
    noted.accept(outcome.erasure());
    return outcome.destroyed();
  }

  private static String clear(Aead aead, KeyName name, Sealed sealed) {
    try {
      byte[] ciphertext = Base64.getDecoder().decode(sealed.ciphertext());
      return new String(aead.decrypt(ciphertext, name.bound()), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException changed) {
      throw new IllegalStateException("a sealed text does not open: it was changed");
    }
  }

  /// Empty where it was destroyed.
  private Optional<Aead> known(KeyName name) {
    return switch (table.find(name)) {
      case KeyTable.Found.Wrapped(var wrapped) ->
          Optional.of(unwrapped(name, wrapped, Keysets.SEALING));
      case KeyTable.Found.Destroyed _ -> Optional.empty();
      case KeyTable.Found.None _ ->
          throw new IllegalStateException("a sealed text has no key here: it was sealed elsewhere");
    };
  }

  /// Empty where it was destroyed, or the whole subject was before there was such a key.
  private <P> Optional<P> made(KeyName name, Keysets<P> kind) {
    var found = table.find(name);
    if (found instanceof KeyTable.Found.None) found = table.add(name, fresh(name, kind).wrapped());
    return switch (found) {
      case KeyTable.Found.Wrapped(var wrapped) -> Optional.of(unwrapped(name, wrapped, kind));
      case KeyTable.Found.Destroyed _, KeyTable.Found.None _ -> Optional.empty();
    };
  }

  private <P> Keysets.Fresh<P> fresh(KeyName name, Keysets<P> kind) {
    try {
      return kind.fresh(master.wrapping(), name);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("a key cannot be made", failure);
    }
  }

  private <P> P unwrapped(KeyName name, byte[] wrapped, Keysets<P> kind) {
    try {
      return kind.opened(wrapped, master.wrapping(), name);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(
          "a key in the database does not open under this master key: put the file `master-key`"
              + " that belongs to this database into the data folder");
    }
  }

  /// Under another master key every buyer would be a new subject, and nobody had opted out.
  private void proveMaster() {
    made(KeyName.MASTER, Keysets.COMPARING)
        .orElseThrow(() -> new IllegalStateException("the proof of the master key was destroyed"));
  }
}
