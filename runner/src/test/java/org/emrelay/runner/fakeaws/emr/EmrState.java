package org.emrelay.runner.fakeaws.emr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.IdGenerator;
import org.jspecify.annotations.Nullable;

/** The account's clusters and security configurations, and the scripts that tests set for them. */
public final class EmrState {
    final AccountIdentity identity;
    final IamState iam;
    final Ec2State ec2;
    final S3State s3;
    final IdGenerator ids;
    final EventQueue events;
    final Yarn yarn = new Yarn();
    final Map<String, FakeCluster> clusters = new LinkedHashMap<>();
    final Map<String, SecurityConfiguration> securityConfigurations = new TreeMap<>();
    private final Queue<Runnable> endedExecutions = new ConcurrentLinkedQueue<>();
    private @Nullable StepExecutor stepExecutor;
    private Duration listingLag = Duration.ZERO;
    private Function<String, ClusterScript> clusterScripts = name -> ClusterScript.typical();
    private Function<String, StepScript> stepScripts = name -> StepScript.completesAfter(Duration.ofSeconds(30));

    /** A security configuration with its creation time. */
    record SecurityConfiguration(String text, Instant createdAt) {}

    public EmrState(AccountIdentity identity, Clock clock, IdGenerator ids, IamState iam, Ec2State ec2, S3State s3) {
        this.identity = identity;
        this.iam = iam;
        this.ec2 = ec2;
        this.s3 = s3;
        this.ids = ids;
        this.events = new EventQueue(clock);
        ec2.setGroupUsage(group -> clusters.values().stream()
                .anyMatch(cluster -> !cluster.isTerminated() && cluster.securityGroups.contains(group)));
    }

    /** Sets the lag of listings: how old a cluster change must be for ListClusters, or a step for ListSteps, to show it. */
    public void listingLag(Duration lag) {
        listingLag = lag;
    }

    /** Sets the scripts of clusters created from now on, by cluster name. */
    public void scriptClusters(Function<String, ClusterScript> scripts) {
        clusterScripts = scripts;
    }

    /** Sets the scripts of steps started from now on, by step name. */
    public void scriptSteps(Function<String, StepScript> scripts) {
        stepScripts = scripts;
    }

    /** Sets what executes the steps that are started from now on, in place of their scripts. */
    public void executeSteps(StepExecutor executor) {
        stepExecutor = executor;
    }

    /** Null if steps are scripted. */
    @Nullable
    StepExecutor stepExecutor() {
        return stepExecutor;
    }

    /** Runs an action before the next call. Any thread may call this. */
    void runBeforeNextCall(Runnable action) {
        endedExecutions.add(action);
    }

    /** The YARN applications on all clusters. */
    public Yarn yarn() {
        return yarn;
    }

    public List<FakeCluster> clusters() {
        return List.copyOf(clusters.values());
    }

    /** EMR keeps ended clusters for two months. */
    public void forgetEndedClusters() {
        clusters.values().removeIf(FakeCluster::isTerminated);
    }

    Instant now() {
        return events.now();
    }

    /** The time up to which listings show changes. */
    Instant listingHorizon() {
        return now().minus(listingLag);
    }

    ClusterScript clusterScript(String name) {
        return clusterScripts.apply(name);
    }

    StepScript stepScript(String name) {
        return stepScripts.apply(name);
    }

    /** Runs the events that are due. */
    public void runDueEvents() {
        events.runDue();
        for (Runnable action = endedExecutions.poll(); action != null; action = endedExecutions.poll()) {
            action.run();
        }
    }

    FakeCluster cluster(String id) {
        FakeCluster cluster = clusters.get(id);
        if (cluster == null) {
            throw invalidRequest("Cluster id '" + id + "' is not valid.");
        }
        return cluster;
    }

    static AwsError invalidRequest(String message) {
        return new AwsError(400, "InvalidRequestException", message, Map.of("ErrorCode", "ValidationException"));
    }

    static AwsError validation(String message) {
        return new AwsError(400, "ValidationException", message);
    }

    /** Writes a gzipped log below the cluster's LogUri, if it has one. */
    void shipLog(FakeCluster cluster, String path, String text) {
        String uri = cluster.logUri();
        if (uri == null) {
            return;
        }
        String bucketAndPrefix = uri.substring("s3n://".length());
        int slash = bucketAndPrefix.indexOf('/');
        String key = bucketAndPrefix.substring(slash + 1) + cluster.id + "/" + path;
        events.schedule(
                cluster.script.logDelay(), () -> s3.write(bucketAndPrefix.substring(0, slash), key, gzipped(text)));
    }

    private static byte[] gzipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    /** Every cluster that is not terminated and every security configuration, with their mutable content. */
    public Map<String, String> inventory() {
        Map<String, String> inventory = new TreeMap<>();
        clusters.values().stream()
                .filter(cluster -> !cluster.isTerminated())
                .forEach(cluster -> inventory.put(
                        "emr cluster " + cluster.id + " (" + cluster.name() + ")", cluster.tags.toString()));
        securityConfigurations.forEach(
                (name, configuration) -> inventory.put("emr security configuration " + name, configuration.text()));
        return inventory;
    }

    @Nullable
    FakeCluster clusterOrNull(String id) {
        return clusters.get(id);
    }
}
