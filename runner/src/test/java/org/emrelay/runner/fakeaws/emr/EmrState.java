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
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.emrelay.runner.fakeaws.ec2.Ec2State;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Identifiers;
import org.emrelay.runner.fakeaws.wire.Owner;
import org.jspecify.annotations.Nullable;

/** The account's clusters and security configurations, and what it is about them that a test can decide. */
public final class EmrState {
    final Owner owner;
    final IamState iam;
    final Ec2State ec2;
    final S3State s3;
    final Identifiers identifiers;
    final Timetable timetable;
    final Yarn yarn = new Yarn();
    final Map<String, EmrCluster> clusters = new LinkedHashMap<>();
    final Map<String, SecurityConfiguration> securityConfigurations = new TreeMap<>();
    private Duration listingLag = Duration.ZERO;
    private Function<String, ClusterScript> clusterScripts = name -> ClusterScript.ordinary();
    private Function<String, StepScript> stepScripts = name -> StepScript.completesAfter(Duration.ofSeconds(30));

    /** A security configuration's text, and since when it is there. */
    record SecurityConfiguration(String text, Instant created) {}

    public EmrState(Owner owner, Clock clock, Identifiers identifiers, IamState iam, Ec2State ec2, S3State s3) {
        this.owner = owner;
        this.iam = iam;
        this.ec2 = ec2;
        this.s3 = s3;
        this.identifiers = identifiers;
        this.timetable = new Timetable(clock);
        ec2.usesOfGroups(group ->
                clusters.values().stream().anyMatch(cluster -> !cluster.isGone() && cluster.groups.contains(group)));
    }

    /** How old a change must be for ListClusters to show it, and a step for ListSteps. */
    public void listingLag(Duration lag) {
        listingLag = lag;
    }

    /** How the clusters created from now on will fare, by name. */
    public void clusters(Function<String, ClusterScript> scripts) {
        clusterScripts = scripts;
    }

    /** How the steps that begin from now on will fare, by name. */
    public void steps(Function<String, StepScript> scripts) {
        stepScripts = scripts;
    }

    /** What runs on the clusters themselves. */
    public Yarn yarn() {
        return yarn;
    }

    public List<EmrCluster> clusters() {
        return List.copyOf(clusters.values());
    }

    Instant now() {
        return timetable.now();
    }

    /** What listings see of the world. */
    Instant listedUntil() {
        return now().minus(listingLag);
    }

    ClusterScript clusterScript(String name) {
        return clusterScripts.apply(name);
    }

    StepScript stepScript(String name) {
        return stepScripts.apply(name);
    }

    /** Lets happen what should have happened by now. */
    public void settle() {
        timetable.settle();
    }

    EmrCluster cluster(String id) {
        EmrCluster cluster = clusters.get(id);
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

    /** Ships a log below the cluster's LogUri, gzipped, where there is one. */
    void ship(EmrCluster cluster, String path, String text) {
        String uri = cluster.logUri();
        if (uri == null) {
            return;
        }
        String place = uri.substring("s3n://".length());
        int slash = place.indexOf('/');
        String key = place.substring(slash + 1) + cluster.id + "/" + path;
        timetable.after(cluster.script.logsAfter(), () -> s3.write(place.substring(0, slash), key, gzipped(text)));
    }

    private static byte[] gzipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    /** Each cluster that is not gone, and each security configuration. */
    public Map<String, String> inventory() {
        Map<String, String> inventory = new TreeMap<>();
        clusters.values().stream()
                .filter(cluster -> !cluster.isGone())
                .forEach(cluster -> inventory.put(
                        "emr cluster " + cluster.id + " (" + cluster.name() + ")", cluster.tags.toString()));
        securityConfigurations.forEach(
                (name, configuration) -> inventory.put("emr security configuration " + name, configuration.text()));
        return inventory;
    }

    @Nullable
    EmrCluster clusterOrNull(String id) {
        return clusters.get(id);
    }
}
