package org.emrelay.jobs.churn.events;

import java.util.List;
import org.emrelay.jobs.random.Dice;

/** Gives each user a name, a place and a browser, which have nothing to do with whether he stays. */
final class Population {
    private static final long FIRST_ID = 1_000_001;
    private static final int PERCENT_MEN = 52;

    private final List<String> locations = Locations.all();
    private final Popularity locationsBySize = new Popularity(locations.size(), 0, 1);
    private final Popularity agentsByUse = new Popularity(UserAgents.ALL.size(), 0, 1);

    Listener listener(long number, long registeredAt, Dice dice) {
        boolean isMan = dice.percent(PERCENT_MEN);
        List<String> names = isMan ? Words.MEN : Words.WOMEN;
        return new Listener(
                String.valueOf(FIRST_ID + number),
                names.get(dice.below(names.size())),
                Words.SURNAMES.get(dice.below(Words.SURNAMES.size())),
                isMan ? "M" : "F",
                locations.get(locationsBySize.choose(dice)),
                UserAgents.ALL.get(agentsByUse.choose(dice)),
                registeredAt);
    }
}
