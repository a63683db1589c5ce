// Questions about the demo library: generated ones it can answer, and ones it cannot.

import { pick, random } from "./random.mjs";

const TOPICS = [
  "the population of",
  "the main exports of",
  "electricity production in",
  "the climate of",
  "the natural resources of",
  "the form of government of",
  "the military branches of",
  "the railways and ports of",
  "life expectancy in",
  "the economy of",
  "the environmental issues of",
  "international disputes of",
];

const THEMES = [
  "slavery", "the tariff", "the national debt", "the navy", "immigration", "railroads", "the Philippines",
  "unemployment", "inflation", "nuclear weapons", "Social Security", "education", "terrorism", "the Panama Canal",
  "public lands", "the post office", "farmers", "currency and silver", "civil service", "energy",
];

/** `count` different questions about what the library holds, the same for the same seed. */
export function answerable(documents, count, seed = 1) {
  const next = random(seed);
  const countries = documents.filter((entry) => entry.path.startsWith("factbook/")).map((entry) => entry.title);
  const speeches = documents.filter((entry) => entry.path.startsWith("speeches/"));
  const country = () => pick(next, countries);
  const kinds = [
    () => `What is ${pick(next, TOPICS)} ${country()}?`.replace("is electricity", "is the electricity"),
    () => `Describe ${pick(next, TOPICS)} ${country()} and ${country()}`,
    () => `Compare the population, area and exports of ${country()}, ${country()} and ${country()}`,
    () => `What did presidents say about ${pick(next, THEMES)}?`,
    () => {
      const speech = pick(next, speeches);
      return `What did ${speech.author} say about ${pick(next, THEMES)} in ${speech.date}?`;
    },
    () => `How did the view of ${pick(next, THEMES)} change between ${1800 + Math.floor(next() * 100)} and ${1920 + Math.floor(next() * 80)}?`,
    () => `Which countries have ${pick(next, ["large oil reserves", "no railways", "volcanoes", "a monarchy", "disputed borders"])}?`,
  ];
  const questions = new Set();
  for (let at = 0; questions.size < count; at += 1) questions.add(kinds[at % kinds.length]());
  return [...questions];
}

/** Questions about things that neither the Factbook nor any speech mentions. */
export const UNANSWERABLE = [
  "How does the borrow checker of Rust handle two-phase borrows?",
  "What is the boiling point of tungsten hexafluoride?",
  "Who won the Eurovision Song Contest with the song Euphoria?",
  "Which enzymes take part in the Calvin cycle?",
  "How do I bake a sourdough bread with rye starter?",
  "What are the chords of the song Wonderwall?",
  "Explain the difference between quicksort and mergesort",
  "What is the plot of the opera Rigoletto?",
  "Which pigments did Vermeer use for his ultramarine?",
  "How many moons does the exoplanet Kepler-1625b have?",
  "What is the offside rule in association football?",
  "How is kombucha fermented with a scoby?",
  "Which knots do climbers use for rappelling?",
  "What are the side effects of ibuprofen and paracetamol?",
  "How does a transformer neural network compute attention?",
  "What is the melting temperature of polylactide filament?",
  "Who wrote the novel Middlemarch?",
  "How do honeybees perform the waggle dance?",
  "What is the Sicilian Defence in chess?",
  "Which telescope photographed the black hole of Messier 87?",
];
