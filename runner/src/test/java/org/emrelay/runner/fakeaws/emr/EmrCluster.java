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

/** A cluster with all that it was asked to be. */
public final class EmrCluster {
    private static final Set<String> GONE = Set.of("TERMINATED", "TERMINATED_WITH_ERRORS");

    final String id;
    final String arn;
    final Tree request;
    final Instant created;
    final ClusterScript script;
    final String subnet;
    final String zone;
    final Map<String, String> tags = new LinkedHashMap<>();
    final List<Fleet> fleets = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final List<Fields> errorDetails = new ArrayList<>();
    final List<String> groups = new ArrayList<>();
    /** Each state since when; a state that follows another in the same instant takes its place. */
    private final NavigableMap<Instant, String> history = new TreeMap<>();

    boolean isProtected;

    @Nullable
    Object managedScaling;

    @Nullable
    Integer idleTimeout;

    @Nullable
    Instant idleSince;

    @Nullable
    Instant ready;

    @Nullable
    Instant ended;

    @Nullable
    String reasonCode;

    String reasonMessage = "Provisioning Amazon EC2 capacity";

    EmrCluster(String id, String arn, Tree request, Instant created, ClusterScript script, String subnet, String zone) {
        this.id = id;
        this.arn = arn;
        this.request = request;
        this.created = created;
        this.script = script;
        this.subnet = subnet;
        this.zone = zone;
        history.put(created, "STARTING");
        isProtected = request.tree("Instances").truth("TerminationProtected");
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

    /** What RunJobFlow was given. */
    public Tree request() {
        return request;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public String state() {
        return history.lastEntry().getValue();
    }

    /** STARTING for what was not there yet. */
    String stateAt(Instant instant) {
        Map.Entry<Instant, String> entry = history.floorEntry(instant);
        return entry == null ? "STARTING" : entry.getValue();
    }

    public boolean isGone() {
        return GONE.contains(state());
    }

    boolean isEnding() {
        return isGone() || state().equals("TERMINATING");
    }

    void enter(String state, Instant at, @Nullable String code, String message) {
        history.put(at, state);
        reasonCode = code;
        reasonMessage = message;
    }

    int stepConcurrency() {
        return request.number("StepConcurrencyLevel", 1);
    }

    boolean staysAlive() {
        return request.tree("Instances").truth("KeepJobFlowAliveWhenNoSteps");
    }

    /** EMR writes S3's scheme in its own way, and ends with a slash. */
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
        Fields timeline = Fields.of("CreationDateTime", created)
                .and("ReadyDateTime", ready)
                .and("EndDateTime", ended);
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
