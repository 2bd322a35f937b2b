package org.emrelay.runner.service;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.report.StreamPlanReport;
import org.emrelay.runner.report.StreamStatusReport;
import org.emrelay.runner.stream.Checkpoint;
import org.emrelay.runner.stream.PostSink;
import org.emrelay.runner.stream.StreamFolder;
import org.jspecify.annotations.Nullable;

/** The part of a platform that stores the posts of streams. */
public interface StreamPlatform {
    /**
     * A stream to plan or create.
     *
     * @param file the path of the stream file, as the user passed it
     * @param clusterFile the cluster file whose settings the stream shares, such as the bucket; null for none
     */
    record Request(
            StreamDefinition stream, Path file, @Nullable Path clusterFile) {
        public Request {
            Objects.requireNonNull(stream, "stream");
            Objects.requireNonNull(file, "file");
        }
    }

    /** A sink for one start of a stream. */
    interface OpenSink extends AutoCloseable {
        PostSink sink();

        /** The cost of the sink since the start in dollars; empty if unknown. Thread-safe. */
        Optional<BigDecimal> cost();

        /** Describes the retries of the sink to the user; empty if there are none. */
        default String detail() {
            return "";
        }

        @Override
        void close();
    }

    /**
     * The result of a deletion.
     *
     * @param failures one sentence for each resource that could not be deleted
     */
    record Deleted(List<String> removed, List<String> kept, List<String> failures) {
        public Deleted {
            removed = List.copyOf(removed);
            kept = List.copyOf(kept);
            failures = List.copyOf(failures);
        }
    }

    /** A deletion that may need to be confirmed. */
    interface Removal extends AutoCloseable {
        /** What is deleted, for the confirmation prompt. */
        String summary();

        Deleted execute() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Whether a stream costs nothing until it is started. If so, starting it also creates it. */
    boolean isFree();

    /**
     * Plans where the posts go.
     *
     * @param check whether to check for problems, with read-only calls
     */
    StreamPlanReport.Destination plan(Application app, Request request, boolean check) throws IOException;

    /**
     * Creates the resources of a stream.
     *
     * @param keep whether to keep the resources of a failed creation
     * @return the directory or prefix of the posts, as an input of a pipeline
     */
    String create(Application app, Request request, StreamFolder folder, boolean keep) throws IOException;

    OpenSink open(Application app, StreamDefinition stream, StreamFolder folder) throws IOException;

    /** The status of the platform's part of a stream; empty if there is none. */
    Optional<StreamStatusReport.Delivery> delivery(Application app, StreamFolder folder) throws IOException;

    /**
     * Prepares the deletion of what {@link #create} created.
     *
     * @param deletePosts whether to delete the posts too
     */
    Removal prepareDeletion(Application app, StreamFolder folder, Checkpoint checkpoint, boolean deletePosts)
            throws IOException;
}
