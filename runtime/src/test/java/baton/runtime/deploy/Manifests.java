package baton.runtime.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The manifests in deploy/kubernetes, read as Kubernetes reads them: a field that it does not know
/// is an error.
record Manifests(JsonNode kustomization, List<HasMetadata> all) {
  static final Path FOLDER = Yaml.deploy().resolve("kubernetes");

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1/Namespace", Namespace.class,
          "v1/Service", Service.class,
          "apps/v1/StatefulSet", StatefulSet.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class);

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new WithoutRest())
          .build();

  /// The models would keep what they do not know.
  private static final class WithoutRest extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  /// @throws JsonProcessingException where a manifest is none
  static Manifests read() throws JsonProcessingException {
    var kustomization = Yaml.documents(Yaml.text(FOLDER.resolve("kustomization.yaml"))).getFirst();
    var all = new ArrayList<HasMetadata>();
    for (var file : Yaml.words(kustomization.path("resources"))) {
      for (var document : Yaml.documents(Yaml.text(FOLDER.resolve(file)))) all.add(read(document));
    }
    return new Manifests(kustomization, all);
  }

  static HasMetadata read(JsonNode document) throws JsonProcessingException {
    var kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
    var type = KINDS.get(kind);
    if (type == null) throw new AssertionError("nothing in deploy/ is a " + kind);
    return STRICT.treeToValue(document, type);
  }

  <T extends HasMetadata> T the(Class<T> type, String name) {
    return all.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(manifest -> manifest.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// The config maps and secrets that the kustomization makes, with their keys.
  Map<String, List<String>> made() {
    var made = new TreeMap<String, List<String>>();
    for (var generator : List.of("configMapGenerator", "secretGenerator")) {
      for (var one : kustomization.path(generator)) {
        var files = Yaml.words(one.path("files")).stream().map(file -> Path.of(file).getFileName());
        made.put(one.path("name").asText(), files.map(Path::toString).toList());
      }
    }
    return made;
  }
}
