package baton.handoff;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Proof that the invariants can fail: each broken kernel is caught, and by the invariant that is
/// about its fault.
class BrokenTest {
  private static final int SEEDS = 400;

  static Stream<Arguments> kernels() {
    return Stream.of(
        broken(Broken.ForgetsToVoid::new, new Invariants.Fenced()),
        broken(Broken.SpeaksToNobody::new, new Invariants.EmptyRoom()),
        broken(Broken.BelievesWhoAnswers::new, new Invariants.OnlyTheHolderProposes()),
        broken(Broken.Inherits::new, new ZeroInheritance()),
        broken(Broken.ForgetsProhibitions::new, new Invariants.Segmentation()),
        broken(Broken.SkipsGuards::new, new Invariants.LegalTransitions()),
        broken(Broken.ForgetsOptOuts::new, new Invariants.OptOut()),
        broken(Broken.KeepsEpochs::new, new Invariants.OneHolder()),
        broken(Broken.ForgetsTheUnknown::new, new Invariants.ClaimsJoin()),
        broken(Broken.IgnoresPauses::new, new Invariants.FailClosed()),
        broken(Broken.HasAClockOfItsOwn::new, new Invariants.Replay()),
        broken(Broken.TriesForEver::new, new Endings.NotForEver()),
        broken(Broken.ForgetsWhoIsWaitedFor::new, new Endings.NobodyForgotten()),
        broken(Broken.ForgetsTheCap::new, new Endings.Capped()),
        broken(Broken.Throws::new, moment -> {}));
  }

  private static Arguments broken(Supplier<Kernel> kernel, Invariant invariant) {
    return Arguments.of(kernel.get().getClass().getSimpleName(), kernel, invariant);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kernels")
  void aBrokenKernelIsCaught(String name, Supplier<Kernel> kernel, Invariant invariant) {
    assertTrue(
        Stream.iterate(1L, seed -> seed + 1)
            .limit(SEEDS)
            .anyMatch(seed -> catches(seed, kernel.get(), invariant)),
        name + " went unnoticed");
  }

  /// Whether the invariant, or totality itself, does not hold somewhere in this history.
  private static boolean catches(long seed, Kernel kernel, Invariant invariant) {
    try {
      var history = new History(seed, kernel);
      for (int step = 0; step < HistoryTest.STEPS; step++) invariant.check(history.step());
      return false;
    } catch (AssertionError caught) {
      return true;
    } catch (RuntimeException fell) {
      return kernel instanceof Broken.Throws;
    }
  }
}
