package baton.runtime.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.runtime.Settings;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The manifests in deploy/kubernetes are what Kubernetes takes, and fit together and to Baton.
class KubernetesTest {
  private Manifests manifests;
  private StatefulSet nodes;
  private PodSpec pod;
  private Container baton;

  @BeforeEach
  void read() throws Exception {
    manifests = Manifests.read();
    nodes = manifests.the(StatefulSet.class, "baton");
    pod = nodes.getSpec().getTemplate().getSpec();
    baton = pod.getContainers().getFirst();
  }

  @Test
  void everyFileIsTaken_andFitsItsSchema() throws Exception {
    assertEquals(List.of(), Yaml.misfits("kustomization.schema.json", manifests.kustomization()));
    try (var files = Files.list(Manifests.FOLDER)) {
      var there = files.map(file -> file.getFileName().toString());
      var yaml = there.filter(name -> name.endsWith(".yaml")).collect(Collectors.toSet());
      yaml.remove("kustomization.yaml");
      assertEquals(yaml, Set.copyOf(Yaml.words(manifests.kustomization().path("resources"))));
    }
    assertEquals(6, manifests.all().size());
  }

  @Test
  void givenAFieldThatKubernetesDoesNotKnow_thenTheManifestIsRefused() {
    var wrong =
        Yaml.text(Manifests.FOLDER.resolve("statefulset.yaml")).replace("minReady", "minimumReady");
    var document = Yaml.documents(wrong).getFirst();

    var refused = assertThrows(UnrecognizedPropertyException.class, () -> Manifests.read(document));
    assertEquals("minimumReadySeconds", refused.getPropertyName());
  }

  @Test
  void givenAFieldThatKustomizeDoesNotKnow_thenTheSchemaSaysWhere() {
    var wrong =
        Yaml.text(Manifests.FOLDER.resolve("kustomization.yaml")).replace("files:", "file:");

    assertTrue(
        Yaml.misfits("kustomization.schema.json", Yaml.documents(wrong).getFirst())
            .toString()
            .contains("'file'"));
  }

  @Test
  void whateverSelects_selectsTheNodes() {
    var labels = nodes.getSpec().getTemplate().getMetadata().getLabels();
    var policy = manifests.the(NetworkPolicy.class, "baton").getSpec();
    var selectors =
        Stream.of(
                Stream.of(
                    nodes.getSpec().getSelector().getMatchLabels(),
                    manifests.the(Service.class, "baton").getSpec().getSelector(),
                    manifests.the(Service.class, "baton-nodes").getSpec().getSelector(),
                    manifests
                        .the(PodDisruptionBudget.class, "baton")
                        .getSpec()
                        .getSelector()
                        .getMatchLabels(),
                    policy.getPodSelector().getMatchLabels(),
                    policy
                        .getIngress()
                        .get(1)
                        .getFrom()
                        .getFirst()
                        .getPodSelector()
                        .getMatchLabels(),
                    policy.getEgress().get(0).getTo().getFirst().getPodSelector().getMatchLabels()),
                pod.getTopologySpreadConstraints().stream()
                    .map(spread -> spread.getLabelSelector().getMatchLabels()))
            .flatMap(all -> all)
            .collect(Collectors.toSet());

    assertEquals(Set.of(labels), selectors);
    assertEquals("baton-nodes", nodes.getSpec().getServiceName());
    assertEquals(
        1,
        manifests
            .the(PodDisruptionBudget.class, "baton")
            .getSpec()
            .getMaxUnavailable()
            .getIntVal());
    assertEquals(3, nodes.getSpec().getReplicas());
  }

  @Test
  void portsAreThoseOfTheSettings() {
    var conf = conf();
    int http = conf.getInt("http.port");
    int cluster = conf.getInt("cluster.port");
    var named = new TreeMap<String, Integer>();
    baton.getPorts().forEach(port -> named.put(port.getName(), port.getContainerPort()));
    var policy = manifests.the(NetworkPolicy.class, "baton").getSpec();

    assertEquals(Map.of("http", http, "cluster", cluster), named);
    assertEquals("http", port("baton").getTargetPort().getStrVal());
    assertEquals("cluster", port("baton-nodes").getTargetPort().getStrVal());
    assertEquals(cluster, port("baton-nodes").getPort());
    assertEquals(List.of("baton-nodes:" + cluster), conf.getStringList("cluster.join"));
    assertEquals(http, policy.getIngress().get(0).getPorts().getFirst().getPort().getIntVal());
    assertEquals(cluster, policy.getIngress().get(1).getPorts().getFirst().getPort().getIntVal());
    assertEquals(cluster, policy.getEgress().get(0).getPorts().getFirst().getPort().getIntVal());
    for (var probe :
        List.of(baton.getStartupProbe(), baton.getLivenessProbe(), baton.getReadinessProbe())) {
      assertEquals("http", probe.getHttpGet().getPort().getStrVal());
    }
    assertEquals("/health/live", baton.getLivenessProbe().getHttpGet().getPath());
    assertEquals("/health/ready", baton.getReadinessProbe().getHttpGet().getPath());
  }

  private ServicePort port(String service) {
    return manifests.the(Service.class, service).getSpec().getPorts().getFirst();
  }

  @Test
  void theNodesAreCalledAsTheirServiceAndNamespaceCallThem() {
    var namespace = manifests.kustomization().path("namespace").asText();

    assertEquals(
        "baton-0.baton-nodes." + namespace + ".svc.cluster.local",
        conf().getString("cluster.host"));
    assertEquals("None", manifests.the(Service.class, "baton-nodes").getSpec().getClusterIP());
  }

  @Test
  void everythingMountedExists_andEverythingMadeIsMounted() {
    var made = manifests.made();
    var volumes =
        pod.getVolumes().stream().collect(Collectors.toMap(Volume::getName, volume -> volume));
    var mounted =
        Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
            .flatMap(container -> container.getVolumeMounts().stream())
            .map(VolumeMount::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    var claims =
        nodes.getSpec().getVolumeClaimTemplates().stream()
            .map(claim -> claim.getMetadata().getName())
            .toList();

    var expected = new TreeSet<>(volumes.keySet());
    expected.addAll(claims);
    assertEquals(expected, mounted);
    var used = new TreeSet<String>();
    for (var volume : volumes.values()) {
      if (volume.getConfigMap() != null) used.add(volume.getConfigMap().getName());
      if (volume.getSecret() != null) used.add(volume.getSecret().getSecretName());
    }
    for (var variable : baton.getEnv()) {
      var key = variable.getValueFrom().getSecretKeyRef();
      assertTrue(made.get(key.getName()).contains(key.getKey()), key.getKey());
      used.add(key.getName());
    }
    assertEquals(made.keySet(), used);
  }

  @Test
  void theSecretOfKeysHasAllThatNodesShare() {
    assertEquals(
        List.of(
            "master-key",
            "token-secret",
            "operator-token",
            "permit-key",
            "checkpoint-key",
            "checkpoint-key.pub"),
        manifests.made().get("baton-keys"));
  }

  @Test
  void noSecretIsCommitted() {
    var ignored = Yaml.text(Yaml.deploy().resolve(".gitignore")).lines().toList();
    for (var secret : manifests.kustomization().path("secretGenerator")) {
      for (var file : Yaml.words(secret.path("files"))) {
        assertTrue(ignored.contains(Path.of(file).getParent() + "/"), file);
      }
    }
  }

  @Test
  void whatTheSettingsNameIsMounted() {
    var conf = conf();
    var mounts =
        baton.getVolumeMounts().stream()
            .collect(Collectors.toMap(VolumeMount::getMountPath, VolumeMount::getName));
    var made = manifests.made();

    assertEquals(List.of("serve", "--config", "/etc/baton/baton.conf"), baton.getArgs());
    assertEquals("conf", mounts.get("/etc/baton"));
    assertEquals(List.of("baton.conf"), made.get("baton-conf"));
    assertEquals("data", mounts.get(conf.getString("data")));
    assertEquals("keys", mounts.get(conf.getString("keys")));
    for (var name : List.of("certificate", "key", "authority")) {
      var file = Path.of(conf.getString("cluster.tls." + name));
      assertEquals("tls", mounts.get(file.getParent().toString()));
      assertTrue(made.get("baton-tls").contains(file.getFileName().toString()), name);
    }
  }

  @Test
  void theSettingsLoad_withTheEnvironmentThatPodsHave(@TempDir Path folder) throws Exception {
    var file = folder.resolve("baton.conf");
    Files.writeString(file, conf().root().render());

    var settings = Settings.load(file);

    assertEquals(Path.of("/keys"), settings.keys());
    assertEquals(List.of("baton-nodes:7355"), settings.cluster().join());
    assertEquals("0.0.0.0", settings.http().host());
  }

  /// With a value for each variable of a node's environment, and for no other.
  private Config conf() {
    var environment = new TreeMap<String, String>();
    environment.put("HOSTNAME", nodes.getMetadata().getName() + "-0");
    for (var name : baton.getEnv().stream().map(EnvVar::getName).toList()) {
      environment.put(name, "jdbc:postgresql://db/baton");
    }
    return ConfigFactory.parseFile(Manifests.FOLDER.resolve("baton.conf").toFile())
        .resolveWith(ConfigFactory.parseMap(environment));
  }

  @Test
  void nothingRunsAsRootOrWritesOutsideItsVolumes() {
    assertEquals(true, pod.getSecurityContext().getRunAsNonRoot());
    assertEquals(false, pod.getAutomountServiceAccountToken());
    for (var container : List.of(pod.getInitContainers().getFirst(), baton)) {
      var context = container.getSecurityContext();
      assertEquals(true, context.getReadOnlyRootFilesystem());
      assertEquals(false, context.getAllowPrivilegeEscalation());
      assertEquals(List.of("ALL"), context.getCapabilities().getDrop());
    }
  }
}
