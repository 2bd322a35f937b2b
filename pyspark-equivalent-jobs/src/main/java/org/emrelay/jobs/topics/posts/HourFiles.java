package org.emrelay.jobs.topics.posts;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.emrelay.jobs.topics.posts.SamplePost.Kind;
import org.emrelay.tables.OutputDirectory;

/**
 * Writes the posts of an hour, and their topics, in one task.
 *
 * @param topics the number of topics, without the new one
 */
record HourFiles(
        long seed, PostTimeline timeline, int topics, String output, Broadcast<SerializableConfiguration> configuration)
        implements VoidFunction<Integer> {
    private static final long serialVersionUID = 1L;

    static final String POSTS = "posts";
    static final String LATER = "new";
    static final String TRUTH = "truth";

    HourFiles {
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(configuration, "configuration");
    }

    @Override
    public void call(Integer hour) throws IOException {
        long lines = timeline.lines(hour);
        if (lines == 0) {
            return;
        }
        SamplePosts posts = new SamplePosts(seed, timeline, topics);
        String name = timeline.name(hour);
        write(timeline.isLater(hour) ? LATER : POSTS, name + ".json.gz", stream -> {
            try (Writer writer = writer(new GZIPOutputStream(stream))) {
                for (long number = 0; number < lines; number++) {
                    writer.append(line(posts, hour, number)).append('\n');
                }
            }
        });
        write(TRUTH, name + ".csv", stream -> {
            Writer writer = writer(stream);
            writer.append("id,topic\n");
            for (long number = 0; number < lines; number++) {
                SamplePost post = posts.line(hour, number);
                if (post.kind() != Kind.MALFORMED && post.kind() != Kind.REPEATED) {
                    writer.append(Long.toString(post.id()))
                            .append(',')
                            .append(post.topic())
                            .append('\n');
                }
            }
            writer.flush();
        });
    }

    static String line(SamplePosts posts, int hour, long number) {
        SamplePost post = posts.line(hour, number);
        String line = PostLine.of(post);
        return post.kind() == Kind.MALFORMED ? posts.malformed(line, hour, number) : line;
    }

    private void write(String directory, String name, OutputDirectory.ContentWriter content) throws IOException {
        Path path = new Path(output, directory);
        new OutputDirectory(path.getFileSystem(configuration.value().value()), path)
                .writeAtomically(name, Long.toString(TaskContext.get().taskAttemptId()), content);
    }

    private static Writer writer(OutputStream stream) {
        return new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    }
}
