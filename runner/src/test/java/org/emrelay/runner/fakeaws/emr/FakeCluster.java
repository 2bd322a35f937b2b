package org.emrelay.runner.fakeaws.emr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** A cluster with the request that created it. */
public final class FakeCluster {
    private static final Set<String> TERMINATED_STATES = Set.of("TERMINATED", "TERMINATED_WITH_ERRORS");

    final String id;
    final String arn;
    final Tree request;
    final Instant createdAt;
    final ClusterScript script;
    final String subnet;
    final String zone;
    final Map<String, String> tags = new LinkedHashMap<>();
    final List<FakeFleet> fleets = new ArrayList<>();
    final List<FakeStep> steps = new ArrayList<>();
    final List<Fields> errorDetails = new ArrayList<>();
    final List<String> securityGroups = new ArrayList<>();
    /** States by start time. A transition at the same instant replaces the previous state. */
    private final NavigableMap<Instant, String> history = new TreeMap<>();

    boolean terminationProtected;

    @Nullable
    Object managedScaling;

    @Nullable
    Integer idleTimeout;

    @Nullable
    Instant idleSince;

    @Nullable
    Instant readyAt;

    @Nullable
    Instant endedAt;

    @Nullable
    String reasonCode;

    String reasonMessage = "Provisioning Amazon EC2 capacity";

    FakeCluster(
            String id, String arn, Tree request, Instant createdAt, ClusterScript script, String subnet, String zone) {
        this.id = id;
        this.arn = arn;
        this.request = request;
        this.createdAt = createdAt;
        this.script = script;
        this.subnet = subnet;
        this.zone = zone;
        history.put(createdAt, "STARTING");
        terminationProtected = request.tree("Instances").isTrue("TerminationProtected");
        managedScaling = request.raw("ManagedScalingPolicy");
        request.trees("Tags").forEach(tag -> tags.put(tag.text("Key", ""), tag.text("Value", "")));
        int timeout = request.tree("AutoTerminationPolicy").number("IdleTimeout", 0);
        idleTimeout = timeout == 0 ? null : Integer.valueOf(timeout);
    }

    public String id() {
        return id;
    }

    public String name() {
        return request.text("Name", "");
    }

    /** The RunJobFlow request. */
    public Tree request() {
        return request;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public String state() {
        return history.lastEntry().getValue();
    }

    /** The state at an instant; STARTING before the cluster existed. */
    String stateAt(Instant instant) {
        Map.Entry<Instant, String> entry = history.floorEntry(instant);
        return entry == null ? "STARTING" : entry.getValue();
    }

    public boolean isTerminated() {
        return TERMINATED_STATES.contains(state());
    }

    /** Whether EMR refused the cluster before it launched an instance. */
    public boolean isRefused() {
        return "VALIDATION_ERROR".equals(reasonCode);
    }

    boolean isShuttingDown() {
        return isTerminated() || state().equals("TERMINATING");
    }

    void transitionTo(String state, Instant at, @Nullable String code, String message) {
        history.put(at, state);
        reasonCode = code;
        reasonMessage = message;
    }

    /** Properties by classification. */
    /** The name of the nodes' instance profile. */
    String instanceProfile() {
        return request.text("JobFlowRole", "").replaceFirst(".*/", "");
    }

    Map<String, Map<String, String>> configurations() {
        Map<String, Map<String, String>> configurations = new TreeMap<>();
        for (Tree configuration : request.trees("Configurations")) {
            Tree properties = configuration.tree("Properties");
            Map<String, String> values = new TreeMap<>();
            properties.fields().keySet().forEach(name -> values.put(name, properties.text(name, "")));
            configurations.put(configuration.text("Classification", ""), values);
        }
        return configurations;
    }

    int stepConcurrency() {
        return request.number("StepConcurrencyLevel", 1);
    }

    boolean keepsAliveWithoutSteps() {
        return request.tree("Instances").isTrue("KeepJobFlowAliveWhenNoSteps");
    }

    /** The log URI as EMR returns it: scheme {@code s3n}, trailing slash. */
    @Nullable
    String logUri() {
        String uri = request.text("LogUri");
        if (uri == null) {
            return null;
        }
        String scheme = uri.replaceFirst("^s3[an]?://", "s3n://");
        return scheme.endsWith("/") ? scheme : scheme + "/";
    }

    Fields status(String state) {
        Fields reason = Fields.of("Code", reasonCode).and("Message", reasonMessage);
        Fields timeline = Fields.of("CreationDateTime", createdAt)
                .and("ReadyDateTime", readyAt)
                .and("EndDateTime", endedAt);
        Fields status =
                Fields.of("State", state).and("StateChangeReason", reason).and("Timeline", timeline);
        return errorDetails.isEmpty() ? status : status.and("ErrorDetails", errorDetails);
    }

    Fields summary(String state) {
        return Fields.of("Id", id)
                .and("Name", name())
                .and("Status", status(state))
                .and("NormalizedInstanceHours", 0)
                .and("ClusterArn", arn);
    }
}
