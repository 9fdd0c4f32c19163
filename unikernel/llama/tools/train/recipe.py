"""What the project's model is made of: every number that a training run depends on."""
import bpe
import stories

SHAPE = {"dim": 64, "hidden_dim": 172, "layers": 5, "heads": 8, "kv_heads": 4, "vocab": 512,
         "seq_len": 256}
SEED = 1                  # of the weights and of the order of stories
STORIES_SEED = 2026       # what is trained on
VALIDATION_SEED = 7       # what is never trained on
TOKENIZER_STORIES, STORIES, VALIDATION_STORIES = 2000, 24000, 200
BATCH, STEPS, WARM_UP = 4, 3000, 100
RATE, LAST_RATE = 3e-3, 1e-4


def vocabulary():
    """The vocabulary: the same on every machine."""
    return bpe.learn(stories.stories(STORIES_SEED, TOKENIZER_STORIES), SHAPE["vocab"])


def sample_story():
    """The first story of the validation set that fits the model's context."""
    encoder = bpe.Encoder(vocabulary())
    for story in stories.stories(VALIDATION_SEED, VALIDATION_STORIES):
        if len(encoder.encode(story)) <= SHAPE["seq_len"]:
            return story
    raise SystemExit("no story of the validation set fits the context")
