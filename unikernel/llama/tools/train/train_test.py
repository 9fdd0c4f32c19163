"""Tests of the trainer. The first two classes need Python's standard library alone: they hold the
recipe against the files that are committed. The last needs PyTorch and is skipped without it."""
import hashlib
import pathlib
import struct
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE.parent.parent / "model"
sys.path.insert(0, str(HERE))

import bpe  # noqa: E402
import recipe  # noqa: E402
import stories  # noqa: E402

try:
    import torch
except ImportError:
    torch = None


class Stories(unittest.TestCase):
    def test_a_seed_gives_the_same_stories_everywhere(self):
        text = "\n".join(stories.stories(recipe.STORIES_SEED, 100))
        self.assertEqual(hashlib.sha256(text.encode()).hexdigest(), "26a1fb71b77e2de4b7ffc419e86914b7f200a1839212d2ee4e6fbcb12f78cc70")

    def test_other_seeds_tell_others(self):
        self.assertNotEqual(list(stories.stories(1, 3)), list(stories.stories(2, 3)))

    def test_every_choice_was_filled_in(self):
        for story in stories.stories(3, 500):
            self.assertNotRegex(story, r"[{}]|  |\.\.")
            self.assertRegex(story, r"^[A-Z].*\.$")

    def test_nothing_of_the_validation_set_was_trained_on(self):
        validation = set(stories.stories(recipe.VALIDATION_SEED, recipe.VALIDATION_STORIES))
        seen = set(stories.stories(recipe.STORIES_SEED, recipe.STORIES))
        self.assertFalse(validation & seen)


class Tokens(unittest.TestCase):
    def setUp(self):
        self.file = (MODEL / "tales.tok").read_bytes()

    def test_the_recipe_makes_the_committed_file_again(self):
        self.assertEqual(bpe.to_bytes(recipe.vocabulary()), self.file)

    def test_words_are_merged_by_rank_as_readers_of_the_file_do(self):
        """Over the whole text at once: the best-scoring pair of neighbours, the leftmost first."""
        tokens = bpe.from_bytes(self.file)
        number = {text: n for n, (text, _) in enumerate(tokens) if n > 258}
        story = recipe.sample_story()
        parts = [number[c] for c in " " + story]
        while True:
            pairs = [(-tokens[number[both]][1], i) for i in range(len(parts) - 1)
                     if (both := tokens[parts[i]][0] + tokens[parts[i + 1]][0]) in number]
            if not pairs:
                break
            i = min(pairs)[1]
            parts[i:i + 2] = [number[tokens[parts[i]][0] + tokens[parts[i + 1]][0]]]
        self.assertEqual(bpe.Encoder(tokens).encode(story), [bpe.BEGIN] + parts)

    def test_the_checkpoint_has_the_shape_of_the_recipe(self):
        data = (MODEL / "tales.bin").read_bytes()
        shape = recipe.SHAPE
        fields = ("dim", "hidden_dim", "layers", "heads", "kv_heads", "vocab", "seq_len")
        self.assertEqual(struct.unpack_from("<7i", data), tuple(shape[f] for f in fields))
        dim, kv = shape["dim"], shape["dim"] * shape["kv_heads"] // shape["heads"]
        layer = 2 * dim + 2 * dim * dim + 2 * kv * dim + 3 * dim * shape["hidden_dim"]
        tables = shape["seq_len"] * dim // shape["heads"]
        floats = shape["vocab"] * dim + shape["layers"] * layer + dim + tables
        self.assertEqual(len(data), 28 + 4 * floats)

    def test_the_sample_is_of_the_validation_set(self):
        self.assertEqual((MODEL / "tales.txt").read_text(), recipe.sample_story() + "\n")


@unittest.skipIf(torch is None, "python3-torch is not installed: only who trains needs it")
class Network(unittest.TestCase):
    def setUp(self):
        import network
        self.network = network

    def test_what_is_written_can_be_read_back(self):
        data = (MODEL / "tales.bin").read_bytes()
        model = self.network.Network(recipe.SHAPE)
        self.network.load_checkpoint(model, data)
        self.assertEqual(self.network.checkpoint(model), data)

    def test_positions_after_a_token_do_not_change_its_logits(self):
        model = self.network.Network(recipe.SHAPE)
        a = torch.tensor([[1, 300, 301, 302]])
        b = torch.tensor([[1, 300, 301, 400]])
        self.assertTrue(torch.equal(model(a)[:, :3], model(b)[:, :3]))


if __name__ == "__main__":
    unittest.main()
