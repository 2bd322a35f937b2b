package org.emrelay.runner.eventlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.function.Consumer;

/** Parses the events of a log that a profile needs. */
final class EventParser {
    private static final int MAX_DEPTH = 1_000;
    private static final int MAX_STRING = 1 << 20;
    private static final String SQL = "org.apache.spark.sql.execution.ui.SparkListener";

    /** The event that the process of a local step writes. Spark polls memory too rarely for short steps. */
    private static final String PEAK_MEMORY = "org.emrelay.stepprocess.PeakMemory";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .build())
            .build();

    private final ApplicationHistory history;
    private long outOfRange;

    EventParser(ApplicationHistory history) {
        this.history = history;
    }

    /** Returns false if the line is not an event. */
    boolean parse(byte[] line, int offset, int length) {
        try (JsonParser parser = FACTORY.createParser(line, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || !"Event".equals(parser.nextFieldName())) {
                return false;
            }
            String event = parser.nextTextValue();
            if (event == null) {
                return false;
            }
            EventFields fields = new EventFields(parser);
            parse(event, fields);
            outOfRange += fields.outOfRange();
            return true;
        } catch (IOException | RuntimeException exception) {
            // Jackson reports some exceeded limits as unchecked exceptions.
            return false;
        }
    }

    private void parse(String event, EventFields fields) throws IOException {
        switch (event) {
            case "SparkListenerTaskEnd" -> history.endTask(FinishedTask.parse(fields));
            case "SparkListenerTaskStart" -> {
                SmallEvent start = SmallEvent.parse(fields);
                history.startTask(start.stage(), start.task(), start.launch());
            }
            case "SparkListenerStageSubmitted" -> parseStage(fields, history::submitStage);
            case "SparkListenerStageCompleted" -> parseStage(fields, history::completeStage);
            case "SparkListenerStageExecutorMetrics", "SparkListenerExecutorMetricsUpdate" -> {
                SmallEvent metrics = SmallEvent.parse(fields);
                history.addMemory(metrics.executor(), metrics.memory());
            }
            case SQL + "SQLExecutionStart",
                    SQL + "SQLAdaptiveExecutionUpdate",
                    SQL + "SQLAdaptiveSQLMetricUpdates",
                    SQL + "DriverAccumUpdates" -> fields.forEachRemaining(name -> parseSql(name, fields));
            case PEAK_MEMORY ->
                history.addMemory(PeakMemory.DRIVER, SmallEvent.parse(fields).memory());
            case "SparkListenerEnvironmentUpdate" ->
                fields.forEachRemaining(name -> {
                    if (name.equals("Spark Properties")) {
                        history.settings().parse(fields);
                    }
                });
            default -> parseLifecycle(event, fields);
        }
    }

    private void parseLifecycle(String event, EventFields fields) throws IOException {
        switch (event) {
            case "SparkListenerLogStart" ->
                history.setSparkVersion(SmallEvent.parse(fields).sparkVersion());
            case "SparkListenerApplicationStart" -> {
                SmallEvent start = SmallEvent.parse(fields);
                history.start(start.application(), start.time());
            }
            case "SparkListenerApplicationEnd" ->
                history.end(SmallEvent.parse(fields).time());
            case "SparkListenerExecutorAdded" -> {
                SmallEvent added = SmallEvent.parse(fields);
                history.addExecutor(added.executor(), added.time(), added.cores());
            }
            case "SparkListenerBlockManagerAdded" -> {
                SmallEvent added = SmallEvent.parse(fields);
                history.addBlockManager(added.executor(), added.time(), added.storage());
            }
            case "SparkListenerExecutorRemoved" -> {
                SmallEvent removed = SmallEvent.parse(fields);
                history.removeExecutor(removed.executor(), removed.time(), removed.reason());
            }
            default -> {}
        }
    }

    private static void parseStage(EventFields fields, Consumer<OpenStage> consumer) throws IOException {
        OpenStage[] stage = new OpenStage[1];
        fields.forEachRemaining(name -> {
            if (name.equals("Stage Info")) {
                stage[0] = OpenStage.parse(fields);
            }
        });
        if (stage[0] != null) {
            consumer.accept(stage[0]);
        }
    }

    private void parseSql(String name, EventFields fields) throws IOException {
        switch (name) {
            case "sparkPlanInfo", "sqlPlanMetrics" -> history.files().parseDefinitions(fields);
            case "accumUpdates" -> history.files().parseValues(fields);
            case "modifiedConfigs" -> history.settings().parse(fields);
            default -> {}
        }
    }

    long outOfRange() {
        return outOfRange;
    }
}
