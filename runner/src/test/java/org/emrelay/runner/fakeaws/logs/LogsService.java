package org.emrelay.runner.fakeaws.logs;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.fakeaws.logs.LogsState.LogEvent;
import org.emrelay.runner.fakeaws.logs.LogsState.LogGroup;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.JsonService;
import org.emrelay.runner.fakeaws.wire.Operations;
import org.emrelay.runner.fakeaws.wire.Service;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The fake CloudWatch Logs. */
public final class LogsService {
    /** Those that PutRetentionPolicy takes, up to a year. */
    private static final Set<Integer> RETENTIONS = Set.of(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365);

    private final LogsState logs;

    private LogsService(LogsState logs) {
        this.logs = logs;
    }

    public static Service logs(LogsState state) {
        LogsService service = new LogsService(state);
        return new JsonService(
                "logs",
                List.of("logGroupName", "resourceArn"),
                new Operations()
                        .add("CreateLogGroup", service::createGroup)
                        .add("PutRetentionPolicy", service::putRetention)
                        .add("CreateLogStream", service::createStream)
                        .add("ListTagsForResource", service::listTags)
                        .add("GetLogEvents", service::getEvents)
                        .add("DeleteLogGroup", service::deleteGroup));
    }

    private static AwsError invalid(String message) {
        return new AwsError(400, "InvalidParameterException", message);
    }

    private static AwsError alreadyExists(String what) {
        return new AwsError(400, "ResourceAlreadyExistsException", "The specified " + what + " already exists");
    }

    private static AwsError notFound(String what) {
        return new AwsError(400, "ResourceNotFoundException", "The specified " + what + " does not exist.");
    }

    private LogGroup group(String name) {
        LogGroup group = logs.groups.get(name);
        if (group == null) {
            throw notFound("log group");
        }
        return group;
    }

    private Fields createGroup(Tree request) {
        String name = request.text("logGroupName", "");
        if (!name.matches("[.\\-_/#A-Za-z0-9]{1,512}")) {
            throw invalid(
                    "1 validation error detected: Value '" + name + "' at 'logGroupName' failed to satisfy constraint");
        }
        if (logs.groups.containsKey(name)) {
            throw alreadyExists("log group");
        }
        LogGroup group = new LogGroup();
        Tree tags = request.tree("tags");
        tags.fields().keySet().forEach(key -> group.tags.put(key, tags.text(key, "")));
        logs.groups.put(name, group);
        return Fields.none();
    }

    private Fields putRetention(Tree request) {
        LogGroup group = group(request.text("logGroupName", ""));
        int days = request.number("retentionInDays", 0);
        if (!RETENTIONS.contains(days)) {
            throw invalid("retentionInDays: " + days);
        }
        group.retentionDays = days;
        return Fields.none();
    }

    private Fields createStream(Tree request) {
        LogGroup group = group(request.text("logGroupName", ""));
        if (group.streams.putIfAbsent(request.text("logStreamName", ""), LogsState.newStream()) != null) {
            throw alreadyExists("log stream");
        }
        return Fields.none();
    }

    private Fields listTags(Tree request) {
        String arn = request.text("resourceArn", "");
        String prefix = logs.identity.arn("logs", "log-group:");
        if (!arn.startsWith(prefix) || arn.endsWith(":*")) {
            throw invalid("The resource ARN " + arn + " is invalid.");
        }
        Fields tags = Fields.none();
        group(arn.substring(prefix.length())).tags.forEach(tags::and);
        return Fields.of("tags", tags);
    }

    private Fields getEvents(Tree request) {
        List<LogEvent> events = group(request.text("logGroupName", "")).streams.get(request.text("logStreamName", ""));
        if (events == null) {
            throw notFound("log stream");
        }
        Instant since = Instant.ofEpochMilli(Long.parseLong(request.text("startTime", "0")));
        List<LogEvent> found =
                events.stream().filter(event -> !event.time().isBefore(since)).toList();
        int limit = Math.min(found.size(), request.number("limit", 10_000));
        List<LogEvent> page = request.isTrue("startFromHead")
                ? found.subList(0, limit)
                : found.subList(found.size() - limit, found.size());
        return Fields.of(
                "events",
                page.stream()
                        .map(event -> Fields.of("timestamp", event.time().toEpochMilli())
                                .and("message", event.message())
                                .and("ingestionTime", event.time().toEpochMilli()))
                        .toList());
    }

    private Fields deleteGroup(Tree request) {
        String name = request.text("logGroupName", "");
        group(name);
        logs.groups.remove(name);
        return Fields.none();
    }
}
