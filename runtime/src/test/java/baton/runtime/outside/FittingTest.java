package baton.runtime.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether an MCP tool takes what the policy gives it: a product, and perhaps a note.
class FittingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "fits",
      textBlock =
          """
          {"properties": {"product": {"type": "string"}, "note": {"type": "string"}}, "required": ["product"]} | fits
          {"properties": {"product": {}, "note": {"type": ["string", "null"]}, "more": {"type": "object"}}}    | fits
          {"properties": {"product": {"type": "string"}}}                                                      | it takes no argument note
          {}                                                                                                   | it takes no argument note
          {"properties": 7}                                                                                    | it takes no argument note
          {"properties": {"product": {"type": "integer"}, "note": {"type": "string"}}}                         | its argument product is of another type
          {"properties": {"product": {"type": "string"}, "note": {"type": "string"}}, "required": ["note"]}    | it needs an argument that it is not given
          {"properties": {"product": {"type": "string"}, "note": {"type": "string"}}, "required": ["admin"]}   | it needs an argument that it is not given
          """)
  void whatItTakesIsComparedWithTheDeclaration(String schema, String problem)
      throws JsonProcessingException {
    var stock = Declared.inboundTrial(Declared.STOCK).tools().get("stock");
    var read = new ObjectMapper().readValue(schema, new TypeReference<Map<String, Object>>() {});
    assertEquals(problem, Fitting.problem(stock, read).orElse(null));
  }
}
