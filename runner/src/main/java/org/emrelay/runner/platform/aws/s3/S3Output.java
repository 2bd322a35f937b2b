package org.emrelay.runner.platform.aws.s3;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.emrelay.runner.platform.OutputFiles;
import org.emrelay.runner.platform.OutputSummary;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.parallel.ParallelTasks;
import org.emrelay.runner.platform.aws.parallel.Task;

/** Looks at what a step has written: objects below a place, or one object at it. */
final class S3Output {
    private final S3Uri place;
    private final S3Listing listing;

    S3Output(AwsContext aws, S3Uri place) {
        this.place = place;
        this.listing = new S3Listing(aws);
    }

    /** Empty when there is nothing, or when it was left unfinished. */
    Optional<OutputSummary> summary() {
        Found found = find();
        List<S3Object> below = found.below();
        SortedMap<String, Long> sizes = new TreeMap<>();
        if (below.isEmpty()) {
            found.at().ifPresent(file -> sizes.put("", file.size()));
            return sizes.isEmpty() ? Optional.empty() : Optional.of(OutputFiles.summary(sizes));
        }
        for (S3Object object : below) {
            String path = object.key().substring(place.folder().length());
            Standing standing = standing(path);
            if (standing == Standing.UNCOMMITTED) {
                return Optional.empty();
            } else if (standing == Standing.CONTENT && !object.isFolder()) {
                sizes.put(path, object.size());
            }
        }
        return Optional.of(OutputFiles.summary(sizes));
    }

    /** What a path means for the output that it is part of. */
    private enum Standing {
        CONTENT,
        OVERLOOKED,
        UNCOMMITTED
    }

    /** The first name that is no ordinary one decides, as when one goes down a directory. */
    private static Standing standing(String path) {
        for (String name : path.split("/", -1)) {
            if (OutputFiles.isUncommitted(name)) {
                return Standing.UNCOMMITTED;
            } else if (OutputFiles.isMarker(name)) {
                return Standing.OVERLOOKED;
            }
        }
        return Standing.CONTENT;
    }

    boolean holdsSomething() {
        try (ParallelTasks work = new ParallelTasks(true)) {
            Task<Boolean> below = work.start(() -> listing.isAnythingBelow(place));
            Task<Optional<S3Object>> at = work.start(() -> listing.at(place));
            work.finish();
            return below.get() || at.get().isPresent();
        }
    }

    /** Everything that belongs to it, and nothing whose name only begins like it. */
    List<S3Object> all() {
        Found found = find();
        return Stream.concat(found.at().stream(), found.below().stream()).toList();
    }

    /** What may belong to it. */
    private record Found(List<S3Object> below, Optional<S3Object> at) {}

    private Found find() {
        try (ParallelTasks work = new ParallelTasks(true)) {
            Task<List<S3Object>> below = work.start(() -> listing.below(place));
            Task<Optional<S3Object>> at = work.start(() -> listing.at(place));
            work.finish();
            return new Found(below.get(), at.get());
        }
    }
}
