"""Small stories, made by a seeded grammar: the data that the project's model is trained on.

    python3 stories.py [SEED [COUNT]]      prints stories, an empty line between two

Each story keeps a little world in mind: who is in it, what was lost and where, who can help with
that kind of trouble. A model has to learn those ties (a pond needs one who swims; a name comes back
ten sentences later), and not only which word follows which.

Chance comes from random.Random(seed).random() alone, whose sequence Python promises to keep, so the
same seed gives the same bytes everywhere.
"""
import random
import sys

BOYS = ["Tom", "Ben", "Max", "Otto", "Sam", "Finn", "Leo", "Hugo"]
GIRLS = ["Mia", "Ada", "Nora", "Rosa", "Lulu", "Tilda", "Emma", "Ida"]
HEROES = ["fox", "mouse", "bear", "cat", "rabbit", "goat", "lamb", "pig"]
NATURES = ["little", "small", "young", "brave", "shy", "happy"]
PLACES = ["garden", "forest", "meadow", "farm", "river", "hill"]
HOMES = ["In a forest", "On a farm", "By a river", "On a hill", "In a house"]
TIMES = ["One morning", "One day", "One sunny day", "One evening"]
GOODS = ["ball", "kite", "hat", "bell", "key", "boat", "drum", "lamp"]
COLOURS = ["red", "blue", "green", "yellow", "white"]

# What can happen to a thing, and who can help: trouble, why the hero cannot, helper, what it does.
TROUBLES = [
    ("fell into the pond", "could not swim", "duck", "swam across the water"),
    ("fell into the pond", "could not swim", "frog", "jumped into the water"),
    ("got stuck in a tall tree", "could not climb", "squirrel", "climbed up the tree"),
    ("got stuck in a tall tree", "could not fly", "bird", "flew up to the top"),
    ("rolled under a big stone", "was not strong enough", "horse", "pushed the stone away"),
    ("rolled under a big stone", "was not strong enough", "donkey", "rolled the stone aside"),
    ("fell into a deep hole", "could not dig", "mole", "dug a way down"),
    ("fell into a deep hole", "could not dig", "dog", "dug and dug in the sand"),
    ("was lost in the dark", "could not see at night", "owl", "looked with big eyes"),
]
LESSONS = [
    "From that day on, they were good friends.",
    "It is good to have a friend who can help.",
    "That night, {hero} had a sweet dream.",
    "Everyone was happy, and they all danced and sang.",
    "{hero} never forgot how kind the {helper} was.",
]


class Story:
    """One story; its parts draw from one source of chance, in the order of the text."""

    def __init__(self, rng):
        self.rng = rng
        girl = self.one_in(2)
        self.hero = self.pick(GIRLS if girl else BOYS)
        self.he, self.his, self.him = ("she", "her", "her") if girl else ("he", "his", "him")
        self.kind = self.pick(HEROES)
        self.thing = self.pick(GOODS)
        self.colour = self.pick(COLOURS)
        self.place, self.home = self.pick(PLACES), self.pick(HOMES)
        self.trouble, self.cannot, self.helper, self.deed = self.pick(TROUBLES)
        self.other = self.pick([name for name in GIRLS + BOYS if name != self.hero])
        self.nature, self.time = self.pick(NATURES), self.pick(TIMES)

    def pick(self, choices):
        return choices[int(self.rng.random() * len(choices))]

    def one_in(self, n):
        return self.rng.random() * n < 1

    def say(self, *choices):
        words = dict(vars(self), He=self.he.capitalize(), His=self.his.capitalize())
        return self.pick(choices).format(**words)

    def beginning(self):
        yield self.say("Once upon a time, there was a {nature} {kind} named {hero}.",
                       "There once was a {nature} {kind}. {His} name was {hero}.",
                       "{home} lived a {nature} {kind} named {hero}.")
        yield self.say("{He} had a {colour} {thing} and loved it very much.",
                       "{hero} had a {colour} {thing}. It was a gift from {his} mother.",
                       "{He} liked to play with {his} {colour} {thing} all day.")

    def trouble_part(self):
        yield self.say("{time}, {hero} took the {thing} and went to the {place}.",
                       "{time}, {hero} went to the {place} with {his} {thing}.")
        if self.one_in(3):
            yield self.say("The sun was warm and the sky was blue.",
                           "The wind was strong that day.",
                           "{He} sang a song on the way.")
        yield self.say("But then the {colour} {thing} {trouble}.",
                       "Suddenly, the {thing} {trouble}.")
        yield self.say("{hero} was very sad, because {he} {cannot}.",
                       "{hero} wanted to get it back, but {he} {cannot}.",
                       '"Oh no!" said {hero}. {He} {cannot}, so {he} began to cry.')

    def failing(self):
        yield self.say("{He} asked a sheep for help, but the sheep only wanted to sleep.",
                       "{He} tried with a long stick, but it did not work.",
                       "{He} waited and waited, but no one came.")

    def helping(self):
        yield self.say("Then a {helper} named {other} came along.",
                       "Just then, {other} the {helper} heard {him}.")
        yield self.say('"Why are you so sad?" asked the {helper}.',
                       '"What is wrong?" asked {other}.')
        yield self.say('"My {thing} {trouble}," said {hero}.',
                       '"I lost my {colour} {thing}," said {hero}.')
        yield self.say('"Do not worry," said {other}. "I can help you."',
                       '"I will help you," said the {helper}.')
        yield self.say("The {helper} {deed} and came back with the {thing}.",
                       "{other} {deed} and found the {colour} {thing}.")

    def ending(self):
        yield self.say('"Thank you!" said {hero}, and gave the {helper} a big hug.',
                       '{hero} was so happy. "Thank you, {other}!" {he} said.')
        if self.one_in(3):
            yield self.say("They played with the {thing} until the sun went down.",
                           "They shared some bread and went home together.",
                           "{hero} let {other} play with the {thing}, too.")
        yield self.say(*LESSONS)

    def text(self):
        parts = [self.beginning, self.trouble_part]
        if self.one_in(3):
            parts.append(self.failing)
        parts += [self.helping, self.ending]
        return " ".join(sentence for part in parts for sentence in part())


def stories(seed, count):
    """`count` stories of this seed, one after the other."""
    rng = random.Random(seed)
    for _ in range(count):
        yield Story(rng).text()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]] + [1, 10][len(sys.argv[1:3]):]
    print("\n\n".join(stories(*numbers)))
