package org.emrelay.runner.platform.aws.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.client.AwsException.Kind;
import org.emrelay.runner.platform.aws.client.RefusedException;
import org.emrelay.runner.platform.aws.resource.StreamNames;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;

/** Creates, reads and deletes the log groups of delivery errors. All operations are idempotent. */
record LogGroups(AwsContext aws) {
    /** A group is visible within seconds. */
    private static final Duration PROPAGATION_BUDGET = Duration.ofMinutes(1);

    private static final Duration CONFLICT_BUDGET = Duration.ofMinutes(2);

    void create(StreamNames names, Map<String, String> tags) {
        String name = names.logGroup();
        boolean exists = aws.create(
                        "create the log group " + name,
                        fault -> fault.is(Kind.CONFLICT),
                        CONFLICT_BUDGET,
                        () -> aws.logs()
                                .createLogGroup(
                                        request -> request.logGroupName(name).tags(tags)))
                .isEmpty();
        if (exists
                && findTags(names)
                        .filter(found -> !names.owner().matches(found))
                        .isPresent()) {
            throw RefusedException.notOwned("The log group " + name, names.owner());
        }
    }

    void setRetention(StreamNames names) {
        String name = names.logGroup();
        aws.call(
                "set the retention of the log group " + name,
                fault -> fault.is(Kind.NOT_FOUND, Kind.CONFLICT),
                PROPAGATION_BUDGET,
                () -> aws.logs()
                        .putRetentionPolicy(request ->
                                request.logGroupName(name).retentionInDays(StreamResources.LOG_RETENTION_DAYS)));
    }

    void createLogStream(StreamNames names) {
        String name = names.logGroup();
        aws.create(
                "create a log stream in the log group " + name,
                fault -> fault.is(Kind.NOT_FOUND, Kind.CONFLICT),
                PROPAGATION_BUDGET,
                () -> aws.logs()
                        .createLogStream(request -> request.logGroupName(name).logStreamName(StreamNames.LOG_STREAM)));
    }

    /** The tags of a log group; empty if it does not exist. */
    Optional<Map<String, String>> findTags(StreamNames names) {
        String arn = names.scope().arn("logs", "log-group:" + names.logGroup());
        return aws.find(
                        "list the tags of the log group " + names.logGroup(),
                        () -> aws.logs().listTagsForResource(request -> request.resourceArn(arn)))
                .map(response -> Map.copyOf(response.tags()));
    }

    void delete(StreamNames names) {
        aws.delete(
                "delete the log group " + names.logGroup(),
                CONFLICT_BUDGET,
                () -> aws.logs().deleteLogGroup(request -> request.logGroupName(names.logGroup())));
    }

    /**
     * The last delivery errors, newest first; empty if the caller may not read them.
     *
     * @param since the time of the oldest error to return
     */
    Optional<List<DeliveryError>> errors(StreamNames names, Instant since, int atMost) {
        return AwsException.handle(
                () -> aws.find(
                                "read the delivery errors in the log group " + names.logGroup(),
                                () -> events(names, since, atMost))
                        .map(LogGroups::errors)
                        .or(() -> Optional.of(List.of())),
                fault -> Optional.empty(),
                Kind.ACCESS_DENIED,
                Kind.UNSUPPORTED_OPERATION);
    }

    private GetLogEventsResponse events(StreamNames names, Instant since, int atMost) {
        return aws.logs()
                .getLogEvents(request -> request.logGroupName(names.logGroup())
                        .logStreamName(StreamNames.LOG_STREAM)
                        .startTime(since.toEpochMilli())
                        .startFromHead(false)
                        .limit(atMost));
    }

    private static List<DeliveryError> errors(GetLogEventsResponse response) {
        return response.events().stream()
                .map(event -> DeliveryError.read(Instant.ofEpochMilli(event.timestamp()), event.message()))
                .sorted(Comparator.comparing(DeliveryError::time).reversed())
                .toList();
    }
}
