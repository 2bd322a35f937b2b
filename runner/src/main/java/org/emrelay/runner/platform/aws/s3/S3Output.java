package org.emrelay.runner.platform.aws.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.platform.OutputContents;
import org.emrelay.runner.platform.OutputFiles;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks.Task;
import software.amazon.awssdk.core.ResponseBytes;

/** Inspects a step's output: the objects below a URI, or the single object at it. */
record S3Output(AwsContext aws, S3Uri uri) {
    /** Summarizes the output; empty when it is missing or uncommitted. */
    Optional<OutputSummary> summary() {
        Found found = find();
        List<S3Object> below = found.below();
        SortedMap<String, Long> sizes = new TreeMap<>();
        if (below.isEmpty()) {
            found.at().ifPresent(file -> sizes.put("", file.size()));
            return sizes.isEmpty() ? Optional.empty() : Optional.of(OutputFiles.summarize(sizes));
        }
        for (S3Object object : below) {
            String path = object.key().substring(uri.keyPrefix().length());
            PathKind kind = pathKind(path);
            if (kind == PathKind.UNCOMMITTED) {
                return Optional.empty();
            } else if (kind == PathKind.DATA && !object.isFolderMarker()) {
                sizes.put(path, object.size());
            }
        }
        return Optional.of(OutputFiles.summarize(sizes));
    }

    /** How Spark treats a path in an output. */
    private enum PathKind {
        DATA,
        HIDDEN,
        UNCOMMITTED
    }

    /** The first special segment of a path decides, as in a directory walk. */
    private static PathKind pathKind(String path) {
        for (String name : path.split("/", -1)) {
            if (OutputFiles.isUncommitted(name)) {
                return PathKind.UNCOMMITTED;
            } else if (OutputFiles.isHidden(name)) {
                return PathKind.HIDDEN;
            }
        }
        return PathKind.DATA;
    }

    OutputContents contents() {
        Found found = find();
        S3Uri marker = found.marker(uri);
        SortedMap<String, String> versions = new TreeMap<>();
        found.at().ifPresent(object -> versions.put(uri.name(), object.etag()));
        for (S3Object object : found.below()) {
            if (!object.key().equals(marker.key())) {
                versions.put(object.key().substring(uri.keyPrefix().length()), object.etag());
            }
        }
        return OutputContents.of(versions, versions.isEmpty() ? "" : text(marker));
    }

    private String text(S3Uri marker) {
        return new S3Objects(aws).read(marker).map(ResponseBytes::asUtf8String).orElse("");
    }

    void mark(String text) {
        new S3Objects(aws).write(find().marker(uri), text.getBytes(StandardCharsets.UTF_8));
    }

    /** All objects of the output and its marker, without those that only share its name as a prefix. */
    List<S3Object> objects() {
        Found found = find();
        S3Uri marker = found.marker(uri);
        Stream<S3Object> beside = found.below().isEmpty() && found.at().isPresent()
                ? new S3Objects(aws).find(marker).stream()
                : Stream.empty();
        return Stream.of(found.at().stream(), found.below().stream(), beside)
                .flatMap(objects -> objects)
                .toList();
    }

    /** The objects below the URI and the object at it. */
    private record Found(List<S3Object> below, Optional<S3Object> at) {

        S3Uri marker(S3Uri uri) {
            return below.isEmpty() && at.isPresent()
                    ? uri.sibling(OutputFiles.markerOf(uri.name()))
                    : uri.resolve(OutputFiles.MARKER);
        }
    }

    private Found find() {
        S3Objects bucket = new S3Objects(aws);
        try (ParallelTasks tasks = new ParallelTasks(true)) {
            Task<List<S3Object>> below = tasks.start(() -> bucket.listBelow(uri));
            Task<Optional<S3Object>> at = tasks.start(() -> bucket.find(uri));
            tasks.join();
            return new Found(below.get(), at.get());
        }
    }
}
