package org.emrelay.runner.platform.aws.stream;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The location of a stream's posts in a bucket that is not its own. */
record PostLocation(String bucket, List<String> prefixes) {
    PostLocation {
        Objects.requireNonNull(bucket, "bucket");
        prefixes = List.copyOf(prefixes);
        // An empty prefix would be the whole bucket.
        if (bucket.isEmpty() || prefixes.isEmpty() || !prefixes.stream().allMatch(prefix -> prefix.matches(".+/"))) {
            throw new IllegalArgumentException("no location of posts: " + bucket + " " + prefixes);
        }
    }

    @Override
    public String toString() {
        return prefixes.stream().map(prefix -> "s3://" + bucket + "/" + prefix).collect(Collectors.joining(" and "));
    }
}
