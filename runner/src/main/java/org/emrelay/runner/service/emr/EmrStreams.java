package org.emrelay.runner.service.emr;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.parse.ClusterFileReader;
import org.emrelay.runner.parse.ParseResult;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.price.FirehosePrice;
import org.emrelay.runner.platform.aws.price.PriceTable;
import org.emrelay.runner.platform.aws.resource.DeletionOutcome;
import org.emrelay.runner.platform.aws.stream.AwsStreams;
import org.emrelay.runner.platform.aws.stream.DeliveryError;
import org.emrelay.runner.platform.aws.stream.FirehoseSink;
import org.emrelay.runner.platform.aws.stream.StreamDeletion;
import org.emrelay.runner.platform.aws.stream.StreamDescription;
import org.emrelay.runner.platform.aws.stream.StreamFindings;
import org.emrelay.runner.platform.aws.stream.StreamOptions;
import org.emrelay.runner.platform.aws.stream.StreamResources;
import org.emrelay.runner.report.StreamPlanReport;
import org.emrelay.runner.report.StreamStatusReport;
import org.emrelay.runner.service.Application;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.service.InvalidFileException;
import org.emrelay.runner.service.StreamPlatform;
import org.emrelay.runner.stream.Checkpoint;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.PostSink;
import org.emrelay.runner.stream.StreamFolder;
import org.jspecify.annotations.Nullable;

/** Streams that write to S3 through Amazon Data Firehose. */
final class EmrStreams implements StreamPlatform {
    private static final long MILLION = 1_000_000;
    private static final long TYPICAL_POST = 1_000;

    @Override
    public boolean isFree() {
        return false;
    }

    private static AwsStreams open(Application app) throws IOException {
        return open(app, app.aws());
    }

    private static AwsStreams open(Application app, AwsContext aws) throws IOException {
        app.findWorkspace();
        return new AwsStreams(
                aws,
                app.workspace(),
                app.context().random(),
                app.progress(),
                app.context().command());
    }

    @Override
    public StreamPlanReport.Destination plan(Application app, Request request, boolean check) throws IOException {
        StreamOptions options = options(app, request.clusterFile());
        StreamFindings findings = null;
        if (check) {
            try (AwsStreams streams = open(app)) {
                findings = streams.check(request.stream(), options);
            }
        }
        StreamResources resources = AwsStreams.planned(request.stream(), options);
        FirehosePrice price = FirehosePrice.bundled(
                Objects.requireNonNullElse(app.awsOverrides().region(), PriceTable.DEFAULT_REGION));
        return new StreamPlanReport.Destination(
                "s3://" + resources.bucketName() + "/" + request.stream().sink().prefix(),
                resources(resources),
                price.cost(MILLION * FirehosePrice.billedBytes(TYPICAL_POST)).orElse(null),
                price.description(),
                findings == null ? List.of() : findings.errors(),
                findings == null ? List.of() : findings.warnings());
    }

    private static List<String> resources(StreamResources resources) {
        List<String> created = new ArrayList<>();
        resources.bucket().ifPresent(bucket -> created.add("bucket " + bucket.name()));
        created.add("role " + resources.role().name());
        created.add("log group " + resources.names().logGroup() + ", kept for " + StreamResources.LOG_RETENTION_DAYS
                + " days");
        created.add("delivery stream " + resources.names().deliveryStream());
        return created;
    }

    private static StreamOptions options(Application app, @Nullable Path clusterFile) {
        if (clusterFile == null) {
            return StreamOptions.NONE;
        }
        ParseResult<Cluster> parsed =
                ClusterFileReader.read(app.context().resolve(clusterFile), clusterFile.toString());
        return StreamOptions.of(parsed.usable().orElseThrow(() -> new InvalidFileException(parsed.problems())));
    }

    @Override
    public String create(Application app, Request request, StreamFolder folder, boolean keep) throws IOException {
        try (AwsStreams streams = open(app)) {
            return streams.create(request.stream(), options(app, request.clusterFile()), keep)
                    .uri();
        }
    }

    @Override
    public OpenSink open(Application app, StreamDefinition stream, StreamFolder folder) throws IOException {
        AwsContext aws = app.aws();
        AwsStreams streams = open(app, aws);
        try {
            StreamDescription description = streams.describe(stream.name())
                    .orElseThrow(() -> CommandFailure.platform("The delivery stream of stream '" + stream.name()
                            + "' no longer exists. Delete the stream and create it again; its posts remain in "
                            + uri(folder)
                            + "."));
            return new Sink(
                    streams,
                    streams.sink(description),
                    FirehosePrice.bundled(aws.clients().region()));
        } catch (IOException | RuntimeException failure) {
            streams.close();
            throw failure;
        }
    }

    private static String uri(StreamFolder folder) {
        try {
            return CreatedStream.read(folder).posts();
        } catch (IOException unreadable) {
            return "the bucket";
        }
    }

    private record Sink(AwsStreams streams, FirehoseSink firehose, FirehosePrice price) implements OpenSink {
        @Override
        public PostSink sink() {
            return firehose;
        }

        @Override
        public Optional<BigDecimal> cost() {
            return price.cost(firehose.counts().billedBytes());
        }

        @Override
        public String detail() {
            long retried = firehose.counts().retried();
            return retried == 0 ? "" : String.format(Locale.ROOT, "retried %,d", retried);
        }

        @Override
        public void close() {
            firehose.close();
            streams.close();
        }
    }

    @Override
    public Optional<StreamStatusReport.Delivery> delivery(Application app, StreamFolder folder) throws IOException {
        try (AwsStreams streams = open(app)) {
            return Optional.of(streams.describe(folder.name())
                    .map(EmrStreams::delivery)
                    .orElseGet(() -> new StreamStatusReport.Delivery("delivery stream", "deleted", List.of())));
        }
    }

    private static StreamStatusReport.Delivery delivery(StreamDescription description) {
        List<String> problems = new ArrayList<>();
        if (description.failure() != null) {
            problems.add(description.failure());
        }
        description.errors().stream().map(DeliveryError::text).forEach(problems::add);
        if (!description.errorsKnown()) {
            problems.add("Delivery errors are unknown, because the log cannot be read.");
        }
        return new StreamStatusReport.Delivery(
                description.deliveryStream(), description.state().toString(), problems);
    }

    @Override
    public Removal prepareDeletion(Application app, StreamFolder folder, Checkpoint checkpoint, boolean deletePosts)
            throws IOException {
        AwsStreams streams = open(app);
        try {
            StreamDeletion deletion = streams.prepareDeletion(folder.name(), null);
            return new FirehoseRemoval(streams, deletion, checkpoint, deletePosts);
        } catch (IOException | RuntimeException failure) {
            streams.close();
            throw failure;
        }
    }

    private record FirehoseRemoval(
            AwsStreams streams, StreamDeletion deletion, Checkpoint checkpoint, boolean deletePosts)
            implements Removal {
        @Override
        public String summary() {
            return deletion.summary()
                    + (deletePosts && deletion.posts().isPresent()
                            ? ", and all posts in " + deletion.posts().get()
                            : "");
        }

        @Override
        public Deleted execute() {
            DeletionOutcome outcome = deletion.execute(deletePosts, checkpoint.saved());
            return new Deleted(outcome.removed(), outcome.kept(), outcome.failures());
        }

        @Override
        public void close() throws IOException {
            deletion.close();
            streams.close();
        }
    }
}
