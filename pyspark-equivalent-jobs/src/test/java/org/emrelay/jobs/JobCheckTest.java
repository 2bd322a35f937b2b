package org.emrelay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.churn.clean.CleanEvents;
import org.emrelay.jobs.churn.events.GenerateEvents;
import org.emrelay.jobs.churn.features.BuildUserFeatures;
import org.emrelay.jobs.churn.score.ScoreUsers;
import org.emrelay.jobs.classification.evaluate.EvaluateClassifiers;
import org.emrelay.jobs.classification.score.ScoreRows;
import org.emrelay.jobs.classification.train.TrainClassifiers;
import org.emrelay.jobs.delivery.features.BuildFeatures;
import org.emrelay.jobs.delivery.orders.GenerateOrders;
import org.emrelay.jobs.delivery.prepare.PrepareOrders;
import org.emrelay.jobs.delivery.score.ScoreOrders;
import org.emrelay.jobs.delivery.train.TrainModel;
import org.emrelay.jobs.topics.assign.AssignTopics;
import org.emrelay.jobs.topics.combine.CombinePosts;
import org.emrelay.jobs.topics.filter.FilterPosts;
import org.emrelay.jobs.topics.model.FindTopics;
import org.emrelay.jobs.topics.page.DrawTopics;
import org.emrelay.jobs.topics.posts.GeneratePosts;
import org.emrelay.jobs.wordclouds.clouds.DrawClouds;
import org.emrelay.jobs.wordclouds.counts.CountWords;
import org.emrelay.jobs.wordclouds.titles.GenerateTitles;
import org.emrelay.jobs.wordclouds.words.ExtractWords;
import org.emrelay.tables.UserFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --check} finds, and what it leaves alone. */
@ExtendWith(LocalSpark.class)
class JobCheckTest {
    /** Where the inputs of steps that have not run are said to be. */
    private static final String NOWHERE = "/dev/null/step";

    @TempDir
    private Path directory;

    private void check(Consumer<String[]> job, String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 3);
        all[arguments.length] = "--output";
        all[arguments.length + 1] = "/dev/null/output";
        all[arguments.length + 2] = "--check";
        job.accept(all);
    }

    @Test
    void everyJobChecksItsArgumentsWithoutItsInputs() {
        assertThatCode(() -> {
                    check(GenerateTitles::main);
                    check(ExtractWords::main, "--titles", NOWHERE);
                    check(CountWords::main, "--words", NOWHERE);
                    check(DrawClouds::main, "--counts", NOWHERE);
                    check(GenerateEvents::main);
                    check(CleanEvents::main, "--events", NOWHERE);
                    check(BuildUserFeatures::main, "--events", NOWHERE);
                    check(ScoreUsers::main, "--events", NOWHERE, "--settings", NOWHERE, "--training", NOWHERE);
                    check(TrainClassifiers::main, "--table", NOWHERE, "--id", "id", "--label", "churned");
                    check(EvaluateClassifiers::main, "--training", NOWHERE, "--exploration", NOWHERE);
                    check(ScoreRows::main, "--table", NOWHERE, "--training", NOWHERE);
                    check(GenerateOrders::main);
                    check(PrepareOrders::main, "--shipping-logs", NOWHERE, "--product-descriptions", NOWHERE);
                    check(BuildFeatures::main, "--orders", NOWHERE);
                    check(TrainModel::main, "--training-features", NOWHERE, "--validation-features", NOWHERE);
                    check(ScoreOrders::main, "--orders", NOWHERE, "--pipeline-model", NOWHERE, "--model", NOWHERE);
                    check(GeneratePosts::main);
                    check(CombinePosts::main, "--posts", NOWHERE);
                    check(FilterPosts::main, "--posts", NOWHERE);
                    check(FindTopics::main, "--posts", NOWHERE);
                    check(AssignTopics::main, "--posts", NOWHERE, "--topics", NOWHERE);
                    check(DrawTopics::main, "--topics", NOWHERE, "--filtered", NOWHERE, "--combined", NOWHERE);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void findsAnUnknownFlag() {
        assertThatThrownBy(() -> check(EvaluateClassifiers::main, "--training", NOWHERE, "--treshold", "0.4"))
                .isInstanceOf(UserFault.class)
                .hasMessageStartingWith("Unknown flag --treshold.");
    }

    @Test
    void findsMissingColumnsOfInputsThatExist() {
        SparkSession session = LocalSpark.session();
        String words = directory.resolve("words").toString();
        session.sql("select 1999 as year, 'sea' as wort, 1L as weight").write().parquet(words);
        String table = directory.resolve("table").toString();
        session.sql("select 1 as id, 0.5 as feature").write().parquet(table);

        assertThatThrownBy(() -> check(CountWords::main, "--words", words))
                .isInstanceOf(UserFault.class)
                .hasMessage("--words: " + words + " has no column 'word'. Its columns: year, wort, weight. Did you mean"
                        + " wort?");
        assertThatThrownBy(() -> check(TrainClassifiers::main, "--table", table, "--id", "id", "--label", "churned"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--label: " + table + " has no column 'churned'. Its columns: id, feature.");
        assertThat(directory.resolve("output")).doesNotExist();
    }
}
