import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.topics.text.PostTokens;
import org.emrelay.jobs.topics.text.TokenSettings;

/** Writes the tokens in which the topics job finds topics: a post a line, its id, a tab and its tokens. For benchmarks/topics.sh. */
public final class TopicTokens {
    private TopicTokens() {}

    public static void main(String[] arguments) throws IOException {
        PostTokens tokens = new PostTokens(TokenSettings.of(TokenSettings.ANY));
        try (SparkSession session = SparkSession.builder().getOrCreate();
                BufferedWriter writer = Files.newBufferedWriter(Path.of(arguments[1]))) {
            Iterator<Row> posts = session.read()
                    .parquet(arguments[0])
                    .select("id", "text", "lang")
                    .toLocalIterator();
            while (posts.hasNext()) {
                Row post = posts.next();
                writer.write(post.getString(0) + "\t"
                        + String.join(" ", tokens.tokens(post.getString(1), post.getString(2))) + "\n");
            }
        }
    }
}
