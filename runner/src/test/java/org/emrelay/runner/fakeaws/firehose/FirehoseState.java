package org.emrelay.runner.fakeaws.firehose;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.emrelay.runner.fakeaws.iam.IamState;
import org.emrelay.runner.fakeaws.iam.PolicyEvaluator;
import org.emrelay.runner.fakeaws.iam.Role;
import org.emrelay.runner.fakeaws.logs.LogsState;
import org.emrelay.runner.fakeaws.s3.S3State;
import org.emrelay.runner.fakeaws.wire.AccountIdentity;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.emrelay.runner.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** The account's delivery streams, and how Firehose behaves. */
public final class FirehoseState {
    private static final Duration DELIVERY_RETRY = Duration.ofSeconds(30);

    final AccountIdentity identity;
    final Clock clock;
    final IamState iam;
    final Map<String, FakeDeliveryStream> streams = new TreeMap<>();
    private final S3State s3;
    private final LogsState logs;
    private Duration changeDuration = Duration.ofSeconds(20);
    private @Nullable String creationFailure;
    private RecordRejection rejection = (call, record) -> Optional.empty();
    private int recordsPerSecond = Integer.MAX_VALUE;
    private Instant second = Instant.MIN;
    private int recordsInSecond;
    private int calls;

    /** Decides which records of a call Firehose does not take. */
    @FunctionalInterface
    public interface RecordRejection {
        /**
         * The error code of a record; empty if Firehose takes it.
         *
         * @param call the number of the call of PutRecordBatch, from 1
         * @param record the index of the record in the call
         */
        Optional<String> errorCode(int call, int record);
    }

    public FirehoseState(AccountIdentity identity, Clock clock, IamState iam, S3State s3, LogsState logs) {
        this.identity = identity;
        this.clock = clock;
        this.iam = iam;
        this.s3 = s3;
        this.logs = logs;
    }

    public Map<String, FakeDeliveryStream> streams() {
        return streams;
    }

    /** How long a delivery stream is CREATING or DELETING. */
    public void setChangeDuration(Duration duration) {
        changeDuration = duration;
    }

    Duration changeDuration() {
        return changeDuration;
    }

    /** Makes each creation end in CREATING_FAILED with these details; null for none. */
    public void failCreations(@Nullable String details) {
        creationFailure = details;
    }

    /** Rejects records of calls that succeed otherwise. */
    public void rejectRecords(RecordRejection newRejection) {
        rejection = newRejection;
    }

    /** Throttles: the records beyond are rejected, or the whole call if none fits. */
    public void limitThroughput(int newRecordsPerSecond) {
        recordsPerSecond = newRecordsPerSecond;
    }

    int nextCall() {
        return ++calls;
    }

    Optional<String> rejectionOf(int call, int record) {
        Instant now = clock.instant();
        if (!now.isBefore(second.plusSeconds(1)) || second.equals(Instant.MIN)) {
            second = now;
            recordsInSecond = 0;
        }
        Optional<String> code = recordsInSecond >= recordsPerSecond
                ? Optional.of("ServiceUnavailableException")
                : rejection.errorCode(call, record);
        if (code.isEmpty()) {
            recordsInSecond++;
        }
        return code;
    }

    /** A delivery stream that exists before a test. */
    public FakeDeliveryStream addStream(String name) {
        FakeDeliveryStream stream = new FakeDeliveryStream(name, Tree.empty(), clock.instant(), Instant.MAX);
        stream.state = "ACTIVE";
        streams.put(name, stream);
        return stream;
    }

    /** Changes states and delivers buffers that are due. */
    public void runDueEvents() {
        Instant now = clock.instant();
        for (FakeDeliveryStream stream : new ArrayList<>(streams.values())) {
            if (!now.isBefore(stream.stateUntil)) {
                changeState(stream);
            }
            if (stream.state.equals("ACTIVE") && !stream.dueAt(now).isAfter(now)) {
                deliver(stream, now);
            }
        }
    }

    private void changeState(FakeDeliveryStream stream) {
        stream.stateUntil = Instant.MAX;
        if (stream.state.equals("DELETING")) {
            // What is still buffered is lost.
            streams.remove(stream.name);
        } else {
            stream.failure = creationFailure;
            stream.state = creationFailure == null ? "ACTIVE" : "CREATING_FAILED";
        }
    }

    private void deliver(FakeDeliveryStream stream, Instant now) {
        String bucket = stream.destination.text("BucketARN", "").replaceFirst("arn:[^:]+:s3:::", "");
        String key = stream.key();
        Optional<List<String>> problem = !s3.buckets().containsKey(bucket)
                ? Optional.of(List.of(
                        "S3.NoSuchBucket",
                        "The specified bucket does not exist. Create the bucket or use a different bucket that does"
                                + " exist."))
                : roleMay(stream, "s3:PutObject", identity.s3Arn(bucket + "/" + key))
                        ? Optional.empty()
                        : Optional.of(List.of(
                                "S3.AccessDenied",
                                "Access was denied. Ensure that the trust policy for the provided IAM role allows Amazon"
                                        + " Data Firehose to assume the role, and the access policy allows access to the S3"
                                        + " bucket."));
        if (problem.isPresent()) {
            log(stream, problem.get().get(0), problem.get().get(1));
            stream.deliveryFailed(now, DELIVERY_RETRY);
        } else {
            s3.write(bucket, key, stream.content());
            stream.delivered();
        }
    }

    private boolean roleMay(FakeDeliveryStream stream, String action, String resource) {
        Optional<Role> role = iam.propagatedRole(stream.destination.text("RoleARN", ""));
        return role.isPresent()
                && new PolicyEvaluator(role.get().inlinePolicies().values()).allows(action, resource, Map.of());
    }

    private void log(FakeDeliveryStream stream, String code, String message) {
        Tree logging = stream.destination.tree("CloudWatchLoggingOptions");
        String group = logging.text("LogGroupName", "");
        String logStream = logging.text("LogStreamName", "");
        String arn = identity.arn("logs", "log-group:" + group + ":log-stream:" + logStream);
        if (logging.isTrue("Enabled") && roleMay(stream, "logs:PutLogEvents", arn)) {
            logs.write(
                    group,
                    logStream,
                    JsonWriter.line(Map.of(
                            "deliveryStreamARN",
                            identity.arn("firehose", "deliverystream/" + stream.name),
                            "errorCode",
                            code,
                            "message",
                            message)));
        }
    }

    /** Every delivery stream with its configuration. */
    public Map<String, String> inventory() {
        Map<String, String> inventory = new TreeMap<>();
        streams.forEach((name, stream) -> inventory.put("delivery stream " + name, stream.fingerprint()));
        return inventory;
    }
}
