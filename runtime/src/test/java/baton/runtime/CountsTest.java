package baton.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.agent.Origin;
import baton.runtime.http.Series;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a node counts for `/metrics`.
class CountsTest {
  @Test
  void givenWhatModelsDid_thenAnswersTokensAndWhatKeptThemFromMoreAreCountedByModel() {
    var counts = new Counts();
    counts.answered(new Origin("sales", "v1", "5eed", 800, 40, 700, List.of()));
    counts.answered(new Origin("sales", "v1", "5eed", 200, 0, 9_000, List.of("time-out")));
    counts.answered(new Origin("large", "", "5eed", 0, 0, 0, List.of("judge", "rounds")));
    var series =
        counts.series().stream()
            .collect(Collectors.toMap(Series::name, Series::counts, (a, _) -> a, TreeMap::new));
    assertEquals(
        Map.of("model=\"large\"", 1L, "model=\"sales\"", 2L),
        series.get("baton_model_answers_total"));
    assertEquals(
        Map.of(
            "model=\"large\",factor=\"judge\"", 1L,
            "model=\"large\",factor=\"rounds\"", 1L,
            "model=\"sales\",factor=\"time-out\"", 1L),
        series.get("baton_model_factors_total"));
    assertEquals(
        1_000L, series.get("baton_model_tokens_total").get("model=\"sales\",direction=\"in\""));
    assertEquals(
        40L, series.get("baton_model_tokens_total").get("model=\"sales\",direction=\"out\""));
  }
}
